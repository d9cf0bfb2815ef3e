-- What is wrong with single rows before anything is written.
WITH finding AS (
    SELECT 'not_standing' AS kind, row.id, NULL::text AS other
    FROM change_row AS row WHERE NOT row.is_new AND row.was_version IS NULL
    UNION ALL
    SELECT 'repeated', min(row.id), NULL
    FROM change_row AS row WHERE NOT row.is_new GROUP BY row.area_id HAVING count(*) > 1
    UNION ALL
    SELECT 'no_parent', row.id, NULL
    FROM change_row AS row
    WHERE row.is_new AND row.level > 0 AND coalesce(row.parent_id, row.under_id) IS NULL
    UNION ALL
    SELECT 'parent_not_above', row.id, coalesce(above.name, next.name)
    FROM change_row AS row
    LEFT JOIN villages_area AS above ON above.id = row.parent_id
    LEFT JOIN change_row AS next ON next.id = row.under_id
    WHERE NOT row.ends AND coalesce(above.level, next.level) >= row.level
    UNION ALL
    SELECT 'under_other_change', row.id, NULL
    FROM change_row AS row
    LEFT JOIN change_row AS next ON next.id = row.under_id AND NOT next.ends
    WHERE row.under_id IS NOT NULL AND next.id IS NULL
    UNION ALL
    SELECT 'began_that_day', row.id, NULL
    FROM change_row AS row
    WHERE row.ends AND row.was_from = row.effective AND NOT EXISTS (
        SELECT FROM villages_areaversion AS earlier
        WHERE earlier.area_id = row.area_id AND lower(earlier.valid) < row.effective
    )
    UNION ALL
    SELECT 'ends_and_took_over', row.id, NULL
    FROM change_row AS row
    WHERE row.ends AND EXISTS (
        SELECT FROM villages_succession AS taken
        WHERE taken.new_id = row.area_id AND taken.effective = row.effective AND taken.old_id <> row.area_id
    )
    UNION ALL
    SELECT 'ends_again', row.id, NULL
    FROM change_row AS row WHERE row.ends AND row.was_until IS NOT NULL
    UNION ALL
    SELECT 'took_part_later', row.id, min(later.effective)::text
    FROM change_row AS row
    JOIN villages_succession AS later
        ON later.effective > row.effective AND row.area_id IN (later.old_id, later.new_id)
    WHERE row.ends
    GROUP BY row.id
    UNION ALL
    SELECT 'no_heir', row.id, NULL
    FROM change_row AS row
    WHERE row.ends AND row.level = 3 AND row.area_kind <> 'placeholder' AND NOT EXISTS (
        SELECT FROM villages_succession AS follow
        WHERE follow.old_id = row.area_id AND follow.change_id = row.change_id
    )
    UNION ALL
    SELECT 'not_in_change', part.id, old.name
    FROM villages_succession AS follow
    JOIN change_row AS part ON part.id = follow.part_id
    JOIN villages_area AS old ON old.id = follow.old_id
    WHERE follow.change_id = ANY (%(changes)s)
      AND NOT EXISTS (
          SELECT FROM change_row AS row WHERE row.area_id = follow.old_id AND row.change_id = follow.change_id
      )
    UNION ALL
    SELECT 'successor_ends', part.id, NULL
    FROM villages_succession AS follow
    JOIN change_row AS part ON part.id = follow.part_id
    WHERE follow.change_id = ANY (%(changes)s) AND part.ends
    UNION ALL
    SELECT 'share_sum', min(row.id), to_char(sum(follow.share), 'FM990.9999')
    FROM villages_succession AS follow
    JOIN change_row AS row ON row.area_id = follow.old_id AND row.change_id = follow.change_id
    WHERE follow.change_id = ANY (%(changes)s)
    GROUP BY follow.change_id, follow.old_id
    HAVING (bool_and(follow.share IS NOT NULL) AND abs(sum(follow.share) - 1) > 0.000001)
        OR (bool_or(follow.share IS NOT NULL) AND bool_or(follow.share IS NULL))
    UNION ALL
    SELECT 'share_back_sum', min(part.id), to_char(sum(follow.share_back), 'FM990.9999')
    FROM villages_succession AS follow
    JOIN change_row AS part ON part.id = follow.part_id
    WHERE follow.change_id = ANY (%(changes)s)
    GROUP BY follow.part_id
    HAVING (bool_and(follow.share_back IS NOT NULL) AND abs(sum(follow.share_back) - 1) > 0.000001)
        OR (bool_or(follow.share_back IS NOT NULL) AND bool_or(follow.share_back IS NULL))
)
SELECT finding.kind, coalesce(row.was_code, area.code, row.code), coalesce(row.was_name, area.name, row.name),
       finding.other, row.effective
FROM finding
JOIN change_row AS row ON row.id = finding.id
LEFT JOIN villages_area AS area ON area.id = row.area_id
ORDER BY 1, 2;
