-- What the chosen rows would do. Others, whose code may be another place now, are taken for that, for the same place, or
-- for what the evidence says: names that are alike are a place that is written otherwise. `gives_code`: the code that a place gets
-- and did not have. `was_...` is the form that the place has now. A row with a reason is left out in the end.
DROP TABLE IF EXISTS pg_temp.pick;
CREATE TEMP TABLE pick ON COMMIT DROP AS
SELECT row.id, row.outcome, row.level, row.area_id, row.area_kind, row.code, row.name, row.name_latin,
       row.parent_code, row.old_code, row.old_name,
       row.outcome = 'gone' OR row.is_another AS ends_old,
       row.outcome = 'new' OR row.is_another AS makes_new,
       row.outcome IN ('new', 'moved') OR row.is_another AS seeks_parent,
       CASE WHEN row.outcome = 'gone' THEN NULL
            WHEN row.outcome = 'new' OR row.is_another OR row.code <> row.old_code THEN row.code
       END AS gives_code,
       was.id AS was_id, lower(was.valid) AS was_from, upper(was.valid) AS was_until, was.parent_id AS was_parent_id,
       was.code AS was_code, was.name AS was_name,
       NULL::bigint AS parent_id, NULL::bigint AS under_id, NULL::bigint AS part_id,
       CASE WHEN row.outcome = 'other' AND %(others)s = 'evidence' AND starts_with(row.evidence, 'partly')
            THEN 'undecided' END AS reason,
       NULL::text AS detail
FROM (
    SELECT *, outcome = 'other' AND (
               %(others)s = 'another' OR (%(others)s = 'evidence' AND split_part(evidence, ',', 1) <> 'alike')
           ) AS is_another
    FROM villages_listrow
) AS row
LEFT JOIN villages_areaversion AS was ON was.area_id = row.area_id AND was.valid @> %(vintage)s::date
WHERE row.review_id = %(review)s AND row.decision = 'open' AND row.id IN (SELECT id FROM picked);
CREATE INDEX ON pick (code);
CREATE INDEX ON pick (area_id);
UPDATE pick SET part_id = nextval(pg_get_serial_sequence('villages_changedarea', 'id')) WHERE outcome <> 'gone';
ANALYZE pick;
