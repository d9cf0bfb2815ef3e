-- Which places carry the asked codes on a day or later.
SELECT DISTINCT code, area_id
FROM villages_areaversion
WHERE code = ANY (%(codes)s) AND valid && daterange(%(day)s::date, NULL);
