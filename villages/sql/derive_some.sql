-- Only the given areas are to be derived; one that was taken back has no level, and only loses its rows.
INSERT INTO derive_work (area_id, level)
SELECT DISTINCT given.id, area.level
FROM unnest(%(areas)s::bigint[]) AS given (id) LEFT JOIN villages_area AS area ON area.id = given.id;
ANALYZE derive_work;
