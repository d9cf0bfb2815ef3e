-- The form each place has from the day of the change on. Rows that leave it as it is write no version.
ALTER TABLE change_row ADD COLUMN parent bigint;
UPDATE change_row AS row
SET code = coalesce(nullif(row.code, ''), row.was_code, ''),
    name = coalesce(nullif(row.name, ''), row.was_name, ''),
    name_latin = CASE WHEN row.name_latin <> '' THEN row.name_latin
                      WHEN row.name IN ('', row.was_name) THEN coalesce(row.was_name_latin, '')
                      ELSE '' END,
    parent = coalesce(row.parent_id, (SELECT above.area_id FROM change_row AS above WHERE above.id = row.under_id),
                      row.was_parent_id);
UPDATE change_row
SET made = NULL
WHERE NOT is_new AND (code, name, name_latin, parent) IS NOT DISTINCT FROM
      (was_code, was_name, was_name_latin, was_parent_id);
ANALYZE change_row;
