-- What the places were ends on the day of the change. A version that began that very day is replaced.
DELETE FROM villages_areaversion AS version
USING change_row AS row
WHERE version.id = row.was_version AND row.was_from = row.effective AND (row.ends OR row.made IS NOT NULL);

UPDATE villages_areaversion AS version
SET valid = daterange(row.was_from, row.effective)
FROM change_row AS row
WHERE version.id = row.was_version AND row.was_from < row.effective AND (row.ends OR row.made IS NOT NULL);
