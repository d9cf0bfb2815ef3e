-- The codes and names of each listed year that stand only in the list, or only in the registry on its last day.
ANALYZE history_year;
WITH listed AS (
    SELECT DISTINCT year, code, name FROM history_year
),
standing AS (
    SELECT DISTINCT asked.year, rpad(version.code, 6, '0') AS code, version.name
    FROM (SELECT DISTINCT year FROM history_year) AS asked
    JOIN villages_areaversion AS version ON version.valid @> make_date(asked.year, 12, 31)
    JOIN villages_area AS area ON area.id = version.area_id
    WHERE area.level BETWEEN 1 AND 3 AND area.kind = 'ordinary'
)
SELECT year, code, name, listed.code IS NULL AS in_registry
FROM listed FULL JOIN standing USING (year, code, name)
WHERE listed.name IS NULL OR standing.name IS NULL
ORDER BY year, code;
