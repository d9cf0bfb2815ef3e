-- For each code that no place carried on the day: the places that carry it at other times, the five nearest in time.
INSERT INTO translate_carried (code, carried)
WITH near AS (
    SELECT asked.code, version.area_id, area.level, version.code AS carried, version.name,
           lower(version.valid) AS since, upper(version.valid) AS until, area.code AS latest_code, area.name AS latest_name,
           row_number() OVER (
               PARTITION BY asked.code
               ORDER BY CASE
                   WHEN lower(version.valid) > %(day)s::date THEN lower(version.valid) - %(day)s::date
                   ELSE %(day)s::date - upper(version.valid)
               END, candidate.zeros
           ) AS place
    FROM translate_code AS asked
    JOIN translate_candidate AS candidate ON candidate.code = asked.code
    JOIN villages_areaversion AS version
      ON version.code = candidate.carried AND NOT version.valid @> %(day)s::date
    JOIN villages_area AS area ON area.id = version.area_id
    WHERE asked.area_id IS NULL AND (%(paths)s::text[] IS NULL OR area.path LIKE ANY (%(paths)s::text[]))
)
SELECT code,
       jsonb_agg(
           jsonb_build_object(
               'area', area_id, 'level', level, 'code', carried, 'name', name, 'valid_from', since,
               'valid_until', until, 'code_latest', latest_code, 'name_latest', latest_name
           ) ORDER BY place
       )
FROM near
WHERE place <= 5
GROUP BY code;
