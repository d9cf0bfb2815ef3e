-- Put back what stood before, version by version.
DELETE FROM villages_areaversion AS version USING change_row AS row WHERE version.id = row.made;

UPDATE villages_areaversion AS version
SET valid = daterange(lower(version.valid), row.was_until)
FROM change_row AS row
WHERE version.area_id = row.area_id AND upper(version.valid) = row.effective AND row.was_from < row.effective
  AND (row.ends OR row.made IS NOT NULL);

INSERT INTO villages_areaversion (id, area_id, code, name, name_latin, parent_id, valid, source_id)
SELECT was_version, area_id, was_code, was_name, was_name_latin, was_parent_id, daterange(was_from, was_until), was_source
FROM change_row
WHERE was_from = effective AND (ends OR made IS NOT NULL)
ORDER BY id;

UPDATE villages_succession SET effective = NULL WHERE change_id = ANY (%(changes)s);
