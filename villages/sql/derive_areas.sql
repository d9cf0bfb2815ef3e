-- Repeat the latest form on the area; rows that already say so are not written.
ANALYZE derived_path;
UPDATE villages_area AS area
SET code = form.code, name = form.name, name_latin = form.name_latin, parent_id = form.parent_id, path = derived.path,
    ended_on = form.ended_on
FROM derived_form AS form
JOIN derived_path AS derived ON derived.id = form.id
WHERE area.id = form.id
  AND (area.code, area.name, area.name_latin, area.parent_id, area.path, area.ended_on)
      IS DISTINCT FROM (form.code, form.name, form.name_latin, form.parent_id, derived.path::varchar, form.ended_on);
