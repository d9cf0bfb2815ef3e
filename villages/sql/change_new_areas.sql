-- Give the new places their identities; what is derived of them follows.
UPDATE change_row SET area_id = nextval(pg_get_serial_sequence('villages_area', 'id')) WHERE is_new;
INSERT INTO villages_area (id, level, kind, code, name, name_latin, parent_id, path)
SELECT row.area_id, row.level, row.area_kind, row.code, row.name, row.name_latin,
       coalesce(row.parent_id, above.area_id), ''
FROM change_row AS row
LEFT JOIN change_row AS above ON above.id = row.under_id
WHERE row.is_new
ORDER BY row.level, row.id;
