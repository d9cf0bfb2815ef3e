-- What carries the asked codes on a day, with the end of that form and of the place.
SELECT version.area_id, area.level, area.kind, version.code, version.name, version.parent_id, upper(version.valid),
       area.ended_on,
       EXISTS (
           SELECT FROM villages_areaversion AS earlier
           WHERE earlier.area_id = version.area_id AND lower(earlier.valid) < %(day)s::date
       ) AS began_before
FROM villages_areaversion AS version
JOIN villages_area AS area ON area.id = version.area_id
WHERE version.code = ANY (%(codes)s) AND version.valid @> %(day)s::date;
