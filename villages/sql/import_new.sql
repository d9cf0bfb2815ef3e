-- Add the new areas and their first versions. In the order of the codes, so that neighbours lie together on disk.
DROP TABLE IF EXISTS pg_temp.list_new;
CREATE TEMP TABLE list_new ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('villages_area', 'id')) AS id, fresh.*
FROM (
    SELECT level, kind, code, name, name_latin, parent, file FROM list_plan WHERE outcome = 'new' ORDER BY level, code
) AS fresh;
ANALYZE list_new;

DROP TABLE IF EXISTS pg_temp.list_home;
CREATE TEMP TABLE list_home ON COMMIT DROP AS
WITH RECURSIVE home AS (
    SELECT fresh.id, fresh.code, standing.area_id AS parent_id, coalesce(area.path, '') || fresh.id || '.' AS path
    FROM list_new AS fresh
    LEFT JOIN list_new AS above ON above.code = fresh.parent
    LEFT JOIN standing ON standing.code = fresh.parent
    LEFT JOIN villages_area AS area ON area.id = standing.area_id
    WHERE above.id IS NULL
    UNION ALL
    SELECT fresh.id, fresh.code, home.id, home.path || fresh.id || '.'
    FROM home
    JOIN list_new AS fresh ON fresh.parent = home.code
)
SELECT id, parent_id, path FROM home;

INSERT INTO villages_area (id, level, kind, code, name, name_latin, parent_id, path)
SELECT fresh.id, fresh.level, coalesce(nullif(fresh.kind, ''), 'ordinary'), fresh.code, fresh.name, fresh.name_latin,
       home.parent_id, home.path
FROM list_new AS fresh
JOIN list_home AS home ON home.id = fresh.id
ORDER BY fresh.id;

INSERT INTO villages_areaversion (area_id, code, name, name_latin, parent_id, valid, source_id)
SELECT fresh.id, fresh.code, fresh.name, fresh.name_latin, home.parent_id, daterange(%(since)s::date, NULL),
       (%(sources)s::bigint[])[fresh.file + 1]
FROM list_new AS fresh
JOIN list_home AS home ON home.id = fresh.id
ORDER BY fresh.id;
