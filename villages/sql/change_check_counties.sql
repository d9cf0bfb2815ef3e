-- Places, township and below, that would lie in no county; and places of which all figures would, since they end and
-- nothing that takes them over, or that they were part of, goes on in one. They would fall out of all totals.
--
-- The second are few, and picked out first: the planner takes ended places for rare until the registry is analysed, and
-- would look for each of the many that a whole list ends.
WITH nowhere AS MATERIALIZED (
    SELECT DISTINCT area_id FROM derived_current WHERE county_id IS NULL
)
SELECT DISTINCT 'no_county' AS kind, area.code, area.name, NULL, NULL::date
FROM derive_moved AS moved
JOIN villages_placement AS placed ON placed.area_id = moved.area_id AND placed.county_id IS NULL
JOIN villages_area AS area ON area.id = moved.area_id
WHERE moved.level >= 4 AND area.kind <> 'placeholder'
UNION
SELECT 'nowhere', area.code, area.name, NULL, NULL
FROM nowhere
JOIN villages_area AS area ON area.id = nowhere.area_id
WHERE area.kind <> 'placeholder' AND area.ended_on IS NOT NULL
ORDER BY 1, 2;
