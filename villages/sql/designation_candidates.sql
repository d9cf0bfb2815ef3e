-- The places of a line's level that stood on its day in the province it names, those whose names begin alike first.
-- Asked by line for many lines at once; `most` bounds what a level of many places can give.
SELECT asked.n, found.area_id, found.code, found.name
FROM unnest(%(n)s::int[], %(names)s::text[], %(withins)s::text[], %(days)s::date[], %(levels)s::int[])
     AS asked(n, name, within, day, level)
CROSS JOIN LATERAL (
    SELECT version.area_id, version.code, version.name
    FROM villages_areaversion AS version
    JOIN villages_area AS area ON area.id = version.area_id AND area.level = asked.level
    JOIN villages_placement AS placement
      ON placement.area_id = version.area_id AND placement.valid @> coalesce(asked.day, %(today)s)
    LEFT JOIN villages_areaversion AS province
      ON province.area_id = placement.province_id AND province.valid @> coalesce(asked.day, %(today)s)
    WHERE version.valid @> coalesce(asked.day, %(today)s)
      AND (asked.within = '' OR starts_with(province.name, asked.within) OR starts_with(asked.within, province.name))
    ORDER BY starts_with(version.name, left(asked.name, 2)) DESC, starts_with(version.name, left(asked.name, 1)) DESC,
             version.code
    LIMIT %(most)s
) AS found
