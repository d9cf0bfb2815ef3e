-- What each accepted row means for the registry. Only `new` and `renamed` are ever written.
--
-- `other`: the first characters of the name differ, so the code may have passed to another place.
-- `level`: the code stands for an area of another level. `moved`: it belongs elsewhere than the registry says, not
-- counting a placeholder in between, which the list may leave out.
DROP TABLE IF EXISTS pg_temp.list_plan;
CREATE TEMP TABLE list_plan ON COMMIT DROP AS
SELECT row.file, row.line, row.level, row.kind, row.code, row.name, row.name_latin, row.parent,
       standing.area_id, standing.version_id, standing.name AS old_name, above.code AS old_parent,
       standing.kind AS old_kind,
       CASE
           WHEN standing.area_id IS NULL THEN 'new'
           WHEN standing.level <> row.level THEN 'level'
           WHEN left(standing.name, 2) <> left(row.name, 2) THEN 'other'
           WHEN row.level > 0 AND above.code <> row.parent
                AND NOT (above.kind = 'placeholder' AND top.code = row.parent) THEN 'moved'
           WHEN standing.name <> row.name
                OR (row.name_latin <> '' AND standing.name_latin <> row.name_latin) THEN 'renamed'
           ELSE 'same'
       END AS outcome
FROM list_row AS row
LEFT JOIN standing ON standing.code = row.code
LEFT JOIN standing AS above ON above.area_id = standing.parent_id
LEFT JOIN standing AS top ON top.area_id = above.parent_id
WHERE NOT row.rejected;
