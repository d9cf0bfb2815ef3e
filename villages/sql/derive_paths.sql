-- The paths of one level. Parents stand on a higher level, so theirs are known.
INSERT INTO derived_path (id, path)
SELECT form.id, coalesce(above.path, '') || form.id || '.'
FROM derived_form AS form
LEFT JOIN derived_path AS above ON above.id = form.parent_id
WHERE form.level = %(level)s
  AND (form.parent_id IS NULL OR above.id IS NOT NULL);
