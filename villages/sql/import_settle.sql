-- Say what became of the rows of one level that were not found by their code: matched with a lost place; or with the
-- place that has the code until now and may be another one; or new.
ANALYZE list_pair;
UPDATE list_plan AS plan
SET area_id = old.area_id, old_code = old.code, old_name = old.name, old_parent = above.code, old_kind = old.kind,
    outcome = CASE WHEN old.parent_id = plan.up_id THEN 'recoded' ELSE 'moved' END, evidence = pair.evidence
FROM list_pair AS pair
JOIN standing AS old ON old.area_id = pair.area_id
JOIN standing AS above ON above.area_id = old.parent_id
WHERE plan.level = %(level)s AND plan.code = pair.code;
TRUNCATE list_pair;

WITH free AS (
    SELECT old.*, above.code AS parent,
           coalesce(nullif(regexp_replace(old.name, %(tails)s, ''), ''), old.name) AS stem
    FROM standing AS old
    LEFT JOIN standing AS above ON above.area_id = old.parent_id
    LEFT JOIN list_plan AS taken ON taken.area_id = old.area_id
    WHERE taken.area_id IS NULL
)
UPDATE list_plan AS plan
SET area_id = old.area_id, old_code = old.code, old_name = old.name, old_parent = old.parent, old_kind = old.kind,
    outcome = CASE WHEN old.level <> plan.level THEN 'level'
                   WHEN left(old.name, 2) = left(plan.name, 2) THEN 'moved'
                   ELSE 'other' END,
    evidence = CASE
        WHEN old.level <> plan.level THEN 'level:' || old.level
        WHEN left(old.name, 2) = left(plan.name, 2) THEN 'code_kept'
        -- Letters are few, so that any two names share most of them: of words in letters nothing is said.
        WHEN old.name ~ '[a-zA-Zа-яА-Я]' THEN 'unlike'
        ELSE CASE sign(2 * length(translate(old.stem, plan.name, '')) - length(old.stem))
             WHEN -1 THEN 'alike' WHEN 0 THEN 'partly' ELSE 'unlike' END
    END
FROM free AS old
WHERE plan.level = %(level)s AND plan.outcome IS NULL AND old.code = plan.code;

DELETE FROM list_lost USING list_plan AS plan
WHERE plan.level = %(level)s AND plan.outcome IN ('moved', 'other') AND plan.area_id = list_lost.area_id;

-- A new place whose code another one carries on some day that it would need is no first knowledge: a person must see it.
WITH held AS (
    SELECT DISTINCT parent_id FROM standing WHERE level = %(level)s
),
judged AS (
    SELECT plan.code,
           coalesce(plan.above_first OR %(empty)s OR (plan.up_id IS NOT NULL AND held.parent_id IS NULL), false) AS first,
           EXISTS (
               SELECT FROM villages_areaversion AS other
               WHERE other.code = plan.code AND other.valid && daterange(%(since)s::date, NULL)
           ) AS taken
    FROM list_plan AS plan
    LEFT JOIN held ON held.parent_id = plan.up_id
    WHERE plan.level = %(level)s AND plan.outcome IS NULL
)
UPDATE list_plan AS plan
SET outcome = 'new', first = judged.first AND NOT judged.taken,
    evidence = CASE WHEN judged.taken THEN 'code_taken' ELSE 'fresh' END
FROM judged
WHERE plan.level = %(level)s AND plan.code = judged.code AND plan.outcome IS NULL;

INSERT INTO list_gone (area_id, level, kind, code, name, parent, county, evidence)
SELECT lost.area_id, %(level)s, lost.kind, lost.code, lost.name, lost.parent,
       coalesce(plan.code, county.code, lost.code), CASE WHEN open.stem IS NULL THEN 'absent' ELSE 'name_twice' END
FROM list_lost AS lost
LEFT JOIN villages_placement AS place ON place.area_id = lost.area_id AND place.valid @> %(vintage)s::date
LEFT JOIN standing AS county ON county.area_id = place.county_id
LEFT JOIN list_plan AS plan ON plan.area_id = place.county_id AND plan.level = 3
LEFT JOIN (SELECT DISTINCT top_id, stem FROM list_open) AS open ON open.top_id = lost.top_id AND open.stem = lost.stem;
ANALYZE list_plan; ANALYZE list_gone;
