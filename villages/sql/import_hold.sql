-- New rows of one level that can't be added by rule alone. Their parents have been judged before them.
--
-- `held`: the parent itself waits for review. `taken`: another area carries the code later on. `early`: the parent is in
-- the registry only from a later day.
WITH judged AS (
    SELECT plan.code,
           CASE
               WHEN above.outcome IN ('other', 'level', 'held', 'taken', 'early') THEN 'held'
               WHEN EXISTS (
                   SELECT FROM villages_areaversion AS later
                   WHERE later.code = plan.code AND later.valid && daterange(%(since)s::date, NULL)
               ) THEN 'taken'
               WHEN standing.area_id IS NOT NULL AND NOT EXISTS (
                   SELECT FROM villages_areaversion AS life
                   WHERE life.area_id = standing.area_id
                   HAVING range_agg(life.valid) @> daterange(%(since)s::date, NULL)
               ) THEN 'early'
           END AS outcome
    FROM list_plan AS plan
    LEFT JOIN list_plan AS above ON above.code = plan.parent
    LEFT JOIN standing ON standing.code = plan.parent
    WHERE plan.level = %(level)s AND plan.outcome = 'new'
)
UPDATE list_plan AS plan
SET outcome = judged.outcome
FROM judged
WHERE plan.code = judged.code AND judged.outcome IS NOT NULL;
