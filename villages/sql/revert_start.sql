-- The rows of the changes to be taken back, with what each place was before.
DROP TABLE IF EXISTS pg_temp.change_row;
CREATE TEMP TABLE change_row ON COMMIT DROP AS
SELECT row.id, row.change_id, row.area_id, row.level, row.ends, row.made, row.was_version, row.was_code, row.was_name,
       row.was_name_latin, row.was_parent_id, row.was_from, row.was_until, row.was_source, change.effective,
       row.was_version IS NULL AS is_new
FROM villages_changedarea AS row
JOIN villages_boundarychange AS change ON change.id = row.change_id
WHERE row.change_id = ANY (%(changes)s);
CREATE INDEX ON change_row (area_id);
ANALYZE change_row;
