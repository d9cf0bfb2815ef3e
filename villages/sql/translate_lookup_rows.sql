-- What each row of the list stood for on the day.
SELECT row.line, row.cells, row.flaw,
       asked.area_id, asked.level, form.code, form.name, form.name_latin,
       lower(form.valid) AS valid_from, upper(form.valid) AS valid_until,
       area.code AS code_latest, area.name AS name_latest, area.ended_on,
       parent_form.code AS parent_code, parent_form.name AS parent_name,
       carried.carried
FROM translate_row AS row
LEFT JOIN translate_code AS asked ON asked.code = row.code AND row.flaw = '' AND asked.area_id IS NOT NULL
LEFT JOIN villages_areaversion AS form ON form.id = asked.version_id
LEFT JOIN villages_area AS area ON area.id = asked.area_id
LEFT JOIN villages_areaversion AS parent_form
  ON parent_form.area_id = form.parent_id AND parent_form.valid @> %(day)s::date
LEFT JOIN translate_carried AS carried ON carried.code = row.code AND row.flaw = ''
ORDER BY row.number;
