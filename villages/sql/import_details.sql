-- The differences one by one in the order of the files, at most so many of each outcome as are wanted (null: all).
-- What is known for the first time is no difference.
WITH difference AS (
    SELECT outcome, level, file, line, code, name, parent, old_code, old_name, old_parent
    FROM list_plan
    WHERE outcome <> 'same' AND NOT first
    UNION ALL
    SELECT 'kind', level, file, line, code, name, kind, NULL, old_kind, NULL
    FROM list_plan
    WHERE outcome <> 'level' AND kind <> '' AND kind <> old_kind
    UNION ALL
    SELECT 'gone', level, NULL, NULL, code, name, parent, NULL, NULL, NULL
    FROM list_gone
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY outcome ORDER BY file NULLS LAST, line, code) AS number FROM difference
)
SELECT outcome, level, file, line, code, name, parent, old_code, old_name, old_parent
FROM numbered
WHERE %(wanted)s::int IS NULL OR number <= %(wanted)s::int OR outcome = 'kind'
ORDER BY file NULLS LAST, line, code;
