-- The registry as it stands on the day of the list.
ANALYZE list_row;
DROP TABLE IF EXISTS pg_temp.standing;
CREATE TEMP TABLE standing ON COMMIT DROP AS
SELECT version.area_id, version.id AS version_id, area.level, area.kind, version.code, version.name,
       version.name_latin, version.parent_id, version.valid
FROM villages_areaversion AS version
JOIN villages_area AS area ON area.id = version.area_id
WHERE version.valid @> %(vintage)s::date;
ANALYZE standing;
