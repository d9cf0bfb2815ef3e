-- The places of a level that bore a name on a day, within the province that was named (of a name that begins alike,
-- for lists leave out what it is), and every code that each of them ever carried.
SELECT asked.n, version.area_id, version.code,
       (SELECT array_agg(DISTINCT any_form.code) FROM villages_areaversion AS any_form
        WHERE any_form.area_id = version.area_id)
FROM unnest(%(n)s::int[], %(names)s::text[], %(withins)s::text[], %(days)s::date[]) AS asked(n, name, within, day)
JOIN villages_areaversion AS version
  ON version.name = asked.name AND version.valid @> coalesce(asked.day, %(today)s)
JOIN villages_area AS area ON area.id = version.area_id AND area.level = %(level)s
JOIN villages_placement AS placement
  ON placement.area_id = version.area_id AND placement.valid @> coalesce(asked.day, %(today)s)
LEFT JOIN villages_areaversion AS province
  ON province.area_id = placement.province_id AND province.valid @> coalesce(asked.day, %(today)s)
WHERE asked.within = '' OR starts_with(province.name, asked.within) OR starts_with(asked.within, province.name)
