-- The latest form of each area of one level.
INSERT INTO derived_form (id, level, code, name, name_latin, parent_id, ended_on)
SELECT DISTINCT ON (version.area_id)
       version.area_id, work.level, version.code, version.name, version.name_latin, version.parent_id,
       upper(version.valid)
FROM derive_work AS work
JOIN villages_areaversion AS version ON version.area_id = work.area_id
WHERE work.level = %(level)s
ORDER BY version.area_id, lower(version.valid) DESC;
