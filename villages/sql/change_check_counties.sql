-- Places, township and below, that would lie in no county; and places of which all figures would, since they end and
-- nothing that takes them over, or that they were part of, goes on in one. They would fall out of all totals.
ANALYZE derive_moved; ANALYZE derived_current;
SELECT DISTINCT 'no_county' AS kind, area.code, area.name, NULL, NULL::date
FROM derive_moved AS moved
JOIN villages_placement AS placed ON placed.area_id = moved.area_id AND placed.county_id IS NULL
JOIN villages_area AS area ON area.id = moved.area_id
WHERE moved.level >= 4 AND area.kind <> 'placeholder'
UNION
SELECT 'nowhere', area.code, area.name, NULL, NULL
FROM derived_current AS current
JOIN villages_area AS area ON area.id = current.area_id
WHERE current.county_id IS NULL AND area.kind <> 'placeholder' AND area.ended_on IS NOT NULL
ORDER BY 1, 2;
