-- The areas of one level that stand in the registry and not in the list. A list speaks only of the places whose parent
-- it names, as a row or as a parent (or whose parent is gone itself), so that the list of one county does not bury its
-- neighbours.
INSERT INTO list_gone (area_id, level, code, name)
WITH listed AS (
    SELECT DISTINCT code FROM list_row
),
spoken_of AS (
    SELECT code FROM list_row UNION SELECT parent FROM list_row WHERE level = %(level)s
),
missing AS (
    SELECT standing.*
    FROM standing
    LEFT JOIN listed ON listed.code = standing.code
    WHERE standing.level = %(level)s AND standing.kind <> ALL (%(left_out)s) AND listed.code IS NULL
)
SELECT missing.area_id, missing.level, missing.code, missing.name
FROM missing
JOIN standing AS above ON above.area_id = missing.parent_id
LEFT JOIN standing AS top ON top.area_id = above.parent_id AND above.kind = 'placeholder'
LEFT JOIN spoken_of ON spoken_of.code = above.code
LEFT JOIN spoken_of AS spoken_of_top ON spoken_of_top.code = top.code
LEFT JOIN list_gone AS gone ON gone.area_id = above.area_id
WHERE spoken_of.code IS NOT NULL OR spoken_of_top.code IS NOT NULL OR gone.area_id IS NOT NULL;
