-- Give renamed areas a version from the day of the list. A version that began that very day is mended in place.
UPDATE villages_areaversion AS version
SET name = plan.name, name_latin = plan.name_latin, source_id = (%(sources)s::bigint[])[plan.file + 1]
FROM list_plan AS plan
WHERE plan.outcome = 'renamed' AND version.id = plan.version_id AND lower(version.valid) = %(vintage)s::date;

UPDATE villages_areaversion AS version
SET valid = daterange(lower(version.valid), %(vintage)s::date)
FROM list_plan AS plan
WHERE plan.outcome = 'renamed' AND version.id = plan.version_id AND lower(version.valid) < %(vintage)s::date;

INSERT INTO villages_areaversion (area_id, code, name, name_latin, parent_id, valid, source_id)
SELECT plan.area_id, plan.code, plan.name, plan.name_latin, standing.parent_id,
       daterange(%(vintage)s::date, upper(standing.valid)), (%(sources)s::bigint[])[plan.file + 1]
FROM list_plan AS plan
JOIN standing ON standing.version_id = plan.version_id
WHERE plan.outcome = 'renamed' AND lower(standing.valid) < %(vintage)s::date;
