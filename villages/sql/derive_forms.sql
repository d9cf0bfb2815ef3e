-- The latest form of every area, with its path still open: paths are filled from the top down.
DROP TABLE IF EXISTS pg_temp.derived_form;
CREATE TEMP TABLE derived_form ON COMMIT DROP AS
WITH latest AS (
    SELECT DISTINCT ON (area_id) area_id, code, name, name_latin, parent_id
    FROM villages_areaversion
    ORDER BY area_id, lower(valid) DESC
)
SELECT latest.area_id AS id, area.level, latest.code, latest.name, latest.name_latin, latest.parent_id
FROM latest
JOIN villages_area AS area ON area.id = latest.area_id;

DROP TABLE IF EXISTS pg_temp.derived_path;
CREATE TEMP TABLE derived_path (id bigint, path text) ON COMMIT DROP;
ANALYZE derived_form;
