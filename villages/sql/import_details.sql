-- Every row that is not simply new or unchanged, and every area that is gone, in the order of the files.
SELECT outcome, level, file, line, code, name, parent, old_name, old_parent
FROM list_plan
WHERE outcome NOT IN ('new', 'same')
UNION ALL
SELECT 'kind', level, file, line, code, name, kind, old_kind, NULL
FROM list_plan
WHERE area_id IS NOT NULL AND kind <> '' AND kind <> old_kind
UNION ALL
SELECT 'gone', level, NULL, NULL, code, name, NULL, NULL, NULL
FROM list_gone
ORDER BY file NULLS LAST, line, code;
