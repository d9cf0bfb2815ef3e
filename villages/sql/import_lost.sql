-- The two sides that are still to be matched at one level: rows without an outcome (`list_open`), and places that stand
-- in the registry and have no row (`list_lost`).
--
-- A list speaks only of the places whose parent it names, as a row or as a parent (or whose parent is gone itself), so
-- that the list of one county does not bury its neighbours. A place whose row was rejected is not lost.
-- `stem` is the name without the words that only say what kind of place it is; `tail` is what the code adds to the
-- parent's, with the beginning of the name.
DROP TABLE IF EXISTS pg_temp.list_open, pg_temp.list_lost;
CREATE TEMP TABLE list_open ON COMMIT DROP AS
SELECT code, up_id, top_id, name,
       coalesce(nullif(regexp_replace(name, %(tails)s, ''), ''), name) AS stem,
       CASE WHEN starts_with(code, parent) THEN substr(code, length(parent) + 1) || '~' || left(name, 2) END AS tail
FROM list_plan
WHERE level = %(level)s AND outcome IS NULL;

CREATE TEMP TABLE list_lost ON COMMIT DROP AS
WITH spoken_of AS (
    SELECT area_id FROM list_plan WHERE area_id IS NOT NULL
    UNION
    SELECT up_id FROM list_plan WHERE level = %(level)s AND up_id IS NOT NULL
    UNION
    SELECT standing.area_id FROM list_row JOIN standing ON standing.code = list_row.code
    WHERE list_row.level < %(level)s
    UNION
    SELECT standing.area_id FROM list_row JOIN standing ON standing.code = list_row.parent
    WHERE list_row.level = %(level)s AND list_row.rejected
    UNION
    SELECT area_id FROM list_gone
),
accounted AS (
    SELECT area_id FROM list_plan WHERE level = %(level)s AND area_id IS NOT NULL
    UNION ALL
    SELECT standing.area_id FROM list_row JOIN standing ON standing.code = list_row.code
    WHERE list_row.rejected OR list_row.level <> %(level)s
)
SELECT old.area_id, old.kind, old.code, old.name, old.parent_id AS up_id, above.parent_id AS top_id,
       above.code AS parent, coalesce(nullif(regexp_replace(old.name, %(tails)s, ''), ''), old.name) AS stem,
       CASE WHEN starts_with(old.code, above.code)
            THEN substr(old.code, length(above.code) + 1) || '~' || left(old.name, 2) END AS tail
FROM standing AS old
JOIN standing AS above ON above.area_id = old.parent_id
LEFT JOIN accounted ON accounted.area_id = old.area_id
WHERE old.level = %(level)s AND %(covered)s
  AND old.kind <> ALL (%(left_out)s)
  AND accounted.area_id IS NULL
  AND (
      above.area_id IN (SELECT area_id FROM spoken_of)
      OR (above.kind = 'placeholder' AND above.parent_id IN (SELECT area_id FROM spoken_of))
  );
ANALYZE list_open; ANALYZE list_lost;
