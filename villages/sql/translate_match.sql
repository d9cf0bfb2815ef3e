-- The place that each code stood for on the day. Zeros at the end of a code may be filling only: 520500 is 5205, unless a
-- place carries the longer code itself; of several shorter ones the longest counts.
ANALYZE translate_row;
INSERT INTO translate_candidate (code, carried, zeros)
WITH asked AS MATERIALIZED (SELECT DISTINCT code FROM translate_row WHERE flaw = '')
SELECT code, code, 0 FROM asked
UNION ALL
SELECT code, left(code, -zeros), zeros
FROM asked
CROSS JOIN LATERAL generate_series(1, length(code) - length(rtrim(code, '0'))) AS zeros
WHERE code ~ '^[0-9]+$' AND zeros < length(code);
ANALYZE translate_candidate;
INSERT INTO translate_code (code, zeros, version_id, area_id, level)
SELECT DISTINCT ON (candidate.code)
       candidate.code, candidate.zeros, version.id, version.area_id, area.level
FROM translate_candidate AS candidate
LEFT JOIN villages_areaversion AS version ON version.code = candidate.carried AND version.valid @> %(day)s::date
LEFT JOIN villages_area AS area ON area.id = version.area_id
ORDER BY candidate.code, (version.id IS NULL), candidate.zeros;
ANALYZE translate_code;
