-- The areas whose figures of some year may lie today in an area that was derived anew: itself, those it succeeded, and
-- those that ended in it without a successor.
DROP TABLE IF EXISTS pg_temp.derive_kin;
CREATE TEMP TABLE derive_kin ON COMMIT DROP AS
WITH RECURSIVE kin (area_id) AS (
    SELECT area_id FROM derive_work
    UNION
    SELECT nearer.area_id
    FROM kin
    CROSS JOIN LATERAL (
        SELECT old_id AS area_id FROM villages_succession WHERE new_id = kin.area_id
        UNION ALL
        SELECT id FROM villages_area WHERE parent_id = kin.area_id AND ended_on IS NOT NULL
    ) AS nearer
)
SELECT kin.area_id, area.level FROM kin LEFT JOIN villages_area AS area ON area.id = kin.area_id;
ANALYZE derive_kin;
