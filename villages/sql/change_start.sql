-- The rows of the changes to be applied, each with the day and the source of its change, and the form its place has.
DROP TABLE IF EXISTS pg_temp.change_row;
CREATE TEMP TABLE change_row ON COMMIT DROP AS
SELECT row.id, row.change_id, row.area_id, row.level, row.area_kind, row.ends, row.code, row.name, row.name_latin,
       row.parent_id, row.under_id, change.effective, change.source_id,
       was.id AS was_version, was.code AS was_code, was.name AS was_name, was.name_latin AS was_name_latin,
       was.parent_id AS was_parent_id, lower(was.valid) AS was_from, upper(was.valid) AS was_until,
       was.source_id AS was_source,
       row.area_id IS NULL AS is_new,
       CASE WHEN NOT row.ends THEN nextval(pg_get_serial_sequence('villages_areaversion', 'id')) END AS made
FROM villages_changedarea AS row
JOIN villages_boundarychange AS change ON change.id = row.change_id
LEFT JOIN villages_areaversion AS was ON was.area_id = row.area_id AND was.valid @> change.effective
WHERE row.change_id = ANY (%(changes)s)
ORDER BY row.level, row.id;
CREATE UNIQUE INDEX ON change_row (id);
CREATE INDEX ON change_row (area_id);
ANALYZE change_row;
