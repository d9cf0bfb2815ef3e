-- The paths of one level. Parents stand on a higher level, so theirs are known.
INSERT INTO derived_path (id, path)
SELECT form.id, coalesce(above.path, standing.path, '') || form.id || '.'
FROM derived_form AS form
LEFT JOIN derived_path AS above ON above.id = form.parent_id
LEFT JOIN villages_area AS standing
    ON standing.id = form.parent_id AND standing.path <> ''
   AND NOT EXISTS (SELECT FROM derive_work AS work WHERE work.area_id = standing.id)
WHERE form.level = %(level)s
  AND (form.parent_id IS NULL OR above.id IS NOT NULL OR standing.id IS NOT NULL);
