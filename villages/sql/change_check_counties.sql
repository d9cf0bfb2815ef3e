-- Places, township and below, that would lie in no county. Their figures would fall out of all totals.
SELECT DISTINCT 'no_county', area.code, area.name, NULL, NULL::date
FROM derive_moved AS moved
JOIN villages_placement AS placed ON placed.area_id = moved.area_id AND placed.county_id IS NULL
JOIN villages_area AS area ON area.id = moved.area_id
WHERE moved.level >= 4 AND area.kind <> 'placeholder'
ORDER BY 2;
