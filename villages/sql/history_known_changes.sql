-- Every change of a place of one level that was carried out, or carried out and taken back: from which code and name to
-- which. A place that goes on has its own new form; one that ends, or is divided, those of its successors.
WITH known AS (
    SELECT row.id, row.change_id, row.area_id, row.ends, row.was_code, row.was_name,
           coalesce(nullif(row.code, ''), row.was_code) AS code, coalesce(nullif(row.name, ''), row.was_name) AS name,
           change.effective
    FROM villages_changedarea AS row
    JOIN villages_boundarychange AS change ON change.id = row.change_id
    WHERE row.level = %(level)s AND change.state <> 'draft'
)
SELECT extract(year FROM old.effective)::integer, old.was_code, old.was_name, old.code, old.name
FROM known AS old
WHERE NOT old.ends AND old.was_code <> ''
UNION
SELECT extract(year FROM old.effective)::integer, old.was_code, old.was_name, part.code, part.name
FROM known AS old
JOIN villages_succession AS follow ON follow.change_id = old.change_id AND follow.old_id = old.area_id
JOIN known AS part ON part.id = follow.part_id
WHERE old.was_code <> '';
