-- Versions of the places that the changes touch, or below them, whose parent does not stand all that time.
WITH touched AS (
    SELECT DISTINCT area_id FROM change_row
),
hung AS (
    SELECT version.id, version.area_id, version.parent_id, version.code, version.name, version.valid
    FROM touched JOIN villages_areaversion AS version ON version.area_id = touched.area_id
    UNION
    SELECT version.id, version.area_id, version.parent_id, version.code, version.name, version.valid
    FROM touched JOIN villages_areaversion AS version ON version.parent_id = touched.area_id
),
life AS (
    SELECT version.area_id, range_agg(version.valid) AS days
    FROM (SELECT DISTINCT parent_id FROM hung) AS wanted
    JOIN villages_areaversion AS version ON version.area_id = wanted.parent_id
    GROUP BY version.area_id
)
SELECT CASE WHEN row.effective IS NULL THEN 'left_behind' ELSE 'parent_not_there' END,
       hung.code, hung.name, above.name, coalesce(row.effective, ended.effective)
FROM hung
JOIN villages_area AS above ON above.id = hung.parent_id
LEFT JOIN life ON life.area_id = hung.parent_id
LEFT JOIN LATERAL (SELECT effective FROM change_row WHERE area_id = hung.area_id LIMIT 1) AS row ON true
LEFT JOIN LATERAL (SELECT effective FROM change_row WHERE area_id = hung.parent_id LIMIT 1) AS ended ON true
WHERE NOT coalesce(life.days @> hung.valid, false)
ORDER BY 1, 2;
