-- Which standing places come to lie elsewhere, from where to where: asked before `derive_areas` overwrites their paths.
ANALYZE derived_path;
DROP TABLE IF EXISTS pg_temp.derive_seat;
CREATE TEMP TABLE derive_seat ON COMMIT DROP AS
SELECT area.id AS area_id, area.level, area.path AS was_path, derived.path
FROM derived_path AS derived
JOIN derived_form AS form ON form.id = derived.id
JOIN villages_area AS area ON area.id = derived.id
WHERE form.ended_on IS NULL AND area.path <> '' AND area.path <> derived.path;
