-- The places that carried a code on a day (without one: that carry it now), for many (n, code, day) at once.
SELECT asked.n, area.id, area.level, version.name
FROM unnest(%(n)s::int[], %(codes)s::text[], %(days)s::date[]) AS asked(n, code, day)
JOIN villages_areaversion AS version
  ON version.code = asked.code AND version.valid @> coalesce(asked.day, %(today)s)
JOIN villages_area AS area ON area.id = version.area_id
