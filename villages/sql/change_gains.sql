-- Which people hold a role on a place that the changes end, with the one place that takes its territory over unchanged,
-- if there is one: the sole successor, which has no other predecessor and did not stand before.
SELECT held.id, held.user_id, held.role, row.area_id, row.effective, row.change_id,
       CASE WHEN count(follow.id) = 1 AND bool_and(sole.is_new) AND NOT EXISTS (
           SELECT FROM villages_succession AS other
           WHERE other.new_id = min(follow.new_id) AND other.change_id = row.change_id AND other.old_id <> row.area_id
       ) AND NOT EXISTS (
           -- What comes to the successor from elsewhere would be a gain too.
           SELECT FROM change_row AS come
           WHERE come.parent = min(follow.new_id) AND NOT come.is_new AND come.was_parent_id <> row.area_id
       ) THEN min(follow.new_id) END
FROM change_row AS row
JOIN accounts_jurisdiction AS held ON held.area_id = row.area_id
LEFT JOIN villages_succession AS follow ON follow.old_id = row.area_id AND follow.change_id = row.change_id
LEFT JOIN change_row AS sole ON sole.area_id = follow.new_id AND sole.change_id = row.change_id
WHERE row.ends
GROUP BY held.id, held.user_id, held.role, row.area_id, row.effective, row.change_id
ORDER BY held.id;
