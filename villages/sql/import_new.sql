-- Add the places that are known for the first time, with their versions. In the order of the codes, so that neighbours
-- lie together on disk.
DROP TABLE IF EXISTS pg_temp.list_new;
CREATE TEMP TABLE list_new ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('villages_area', 'id')) AS id, fresh.*
FROM (
    SELECT level, kind, code, name, name_latin, parent, up_id, file FROM list_plan WHERE first ORDER BY level, code
) AS fresh;
ANALYZE list_new;

-- How long they are held valid: while the place they belong to stands, and after its end under the one that took it over
-- whole. Where several did, nobody can say from this list which.
DROP TABLE IF EXISTS pg_temp.list_life;
CREATE TEMP TABLE list_life ON COMMIT DROP AS
WITH RECURSIVE life AS (
    SELECT up.up_id AS area_id, up.up_id AS parent_id, days * daterange(%(since)s::date, NULL) AS valid
    FROM (
        SELECT DISTINCT fresh.up_id
        FROM list_new AS fresh
        LEFT JOIN list_new AS above ON above.code = fresh.parent
        WHERE above.id IS NULL AND fresh.up_id IS NOT NULL
    ) AS up
    JOIN LATERAL (
        SELECT unnest(range_agg(version.valid)) AS days FROM villages_areaversion AS version
        WHERE version.area_id = up.up_id
    ) AS stood ON days @> %(vintage)s::date
    UNION ALL
    SELECT life.area_id, heir.new_id, days * daterange(upper(life.valid), NULL)
    FROM life
    JOIN LATERAL (
        SELECT min(follow.new_id) AS new_id FROM villages_succession AS follow
        WHERE follow.old_id = life.parent_id AND follow.effective = upper(life.valid)
        HAVING count(*) = 1
    ) AS heir ON true
    JOIN LATERAL (
        SELECT unnest(range_agg(version.valid)) AS days FROM villages_areaversion AS version
        WHERE version.area_id = heir.new_id
    ) AS stood ON days @> upper(life.valid)
)
SELECT area_id, parent_id, valid FROM life;

DROP TABLE IF EXISTS pg_temp.list_home;
CREATE TEMP TABLE list_home ON COMMIT DROP AS
WITH RECURSIVE whole AS (
    SELECT area_id, daterange(min(lower(valid)), CASE WHEN bool_and(NOT upper_inf(valid)) THEN max(upper(valid)) END) AS days
    FROM list_life GROUP BY area_id
),
home AS (
    SELECT fresh.id, fresh.code, fresh.up_id AS parent_id, coalesce(area.path, '') || fresh.id || '.' AS path,
           coalesce(whole.days, daterange(%(since)s::date, NULL)) AS days, true AS on_top
    FROM list_new AS fresh
    LEFT JOIN list_new AS above ON above.code = fresh.parent
    LEFT JOIN villages_area AS area ON area.id = fresh.up_id
    LEFT JOIN whole ON whole.area_id = fresh.up_id
    WHERE above.id IS NULL
    UNION ALL
    SELECT fresh.id, fresh.code, home.id, home.path || fresh.id || '.', home.days, false
    FROM home
    JOIN list_new AS fresh ON fresh.parent = home.code
)
SELECT id, parent_id, path, days, on_top FROM home;

INSERT INTO villages_area (id, level, kind, code, name, name_latin, parent_id, path)
SELECT fresh.id, fresh.level, coalesce(nullif(fresh.kind, ''), 'ordinary'), fresh.code, fresh.name, fresh.name_latin,
       home.parent_id, home.path
FROM list_new AS fresh
JOIN list_home AS home ON home.id = fresh.id
ORDER BY fresh.id;

INSERT INTO villages_areaversion (area_id, code, name, name_latin, parent_id, valid, source_id)
SELECT fresh.id, fresh.code, fresh.name, fresh.name_latin, coalesce(life.parent_id, home.parent_id),
       coalesce(life.valid, home.days), (%(sources)s::bigint[])[fresh.file + 1]
FROM list_new AS fresh
JOIN list_home AS home ON home.id = fresh.id
LEFT JOIN list_life AS life ON home.on_top AND life.area_id = home.parent_id
ORDER BY fresh.id;
