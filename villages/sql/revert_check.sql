-- Why changes can't be taken back: what they wrote was changed since, or a code was given to another place since. What
-- the changes did to each other goes with them.
WITH finding AS (
    SELECT 'changed_since' AS kind, row.area_id, NULL::text AS other
    FROM change_row AS row
    LEFT JOIN villages_areaversion AS made ON made.id = row.made
    WHERE row.made IS NOT NULL AND made.valid IS DISTINCT FROM daterange(row.effective, row.was_until)
    UNION ALL
    SELECT 'changed_since', row.area_id, NULL
    FROM change_row AS row
    WHERE row.was_from < row.effective AND (row.ends OR row.made IS NOT NULL) AND NOT EXISTS (
        SELECT FROM villages_areaversion AS before
        WHERE before.area_id = row.area_id AND upper(before.valid) = row.effective
    )
    UNION ALL
    SELECT 'code_taken_since', row.area_id, other.code || ' ' || other.name
    FROM change_row AS row
    JOIN villages_areaversion AS other
        ON other.code = row.was_code AND other.valid && daterange(row.effective, row.was_until)
       AND other.area_id <> row.area_id
    WHERE NOT row.is_new AND (row.ends OR row.made IS NOT NULL)
      AND NOT EXISTS (SELECT FROM change_row AS own WHERE own.made = other.id)
    UNION ALL
    SELECT 'succeeded_since', row.area_id, later.id::text
    FROM change_row AS row
    JOIN villages_succession AS follow ON follow.old_id = row.area_id AND follow.change_id <> ALL (%(changes)s)
    JOIN villages_boundarychange AS later ON later.id = follow.change_id
    WHERE row.is_new AND follow.effective IS NOT NULL
)
SELECT finding.kind, area.code, area.name, finding.other,
       (SELECT change.id
        FROM villages_changedarea AS later JOIN villages_boundarychange AS change ON change.id = later.change_id
        WHERE later.area_id = finding.area_id AND change.state = 'applied' AND change.id <> ALL (%(changes)s)
        ORDER BY change.applied_at DESC LIMIT 1)
FROM finding
JOIN villages_area AS area ON area.id = finding.area_id
ORDER BY 1, 2;
