-- What the places that seek a parent belong to: a place that another chosen row makes or gives that code, or the one that
-- has the code already. A code whose meaning is not decided yet says nothing.
WITH undecided AS (
    SELECT code, min(decision) AS decision
    FROM villages_listrow
    WHERE review_id = %(review)s AND decision <> 'accepted' AND (outcome IN ('new', 'other') OR code <> old_code)
      AND code <> '' AND id NOT IN (SELECT id FROM pick)
    GROUP BY code
),
found AS (
    SELECT pick.id, coalesce(chosen.area_id, standing.area_id) AS parent_id, chosen.part_id AS under_id,
           chosen.id IS NOT NULL AS is_chosen, chosen.ends_old, undecided.decision
    FROM pick
    LEFT JOIN pick AS chosen
        ON chosen.code = pick.parent_code AND chosen.level < pick.level AND chosen.outcome <> 'gone'
    LEFT JOIN villages_areaversion AS standing
        ON chosen.id IS NULL AND standing.code = pick.parent_code AND standing.valid @> %(vintage)s::date
    LEFT JOIN undecided ON undecided.code = pick.parent_code AND chosen.id IS NULL
    WHERE pick.seeks_parent
)
UPDATE pick
SET parent_id = CASE WHEN found.under_id IS NULL THEN found.parent_id END,
    under_id = found.under_id,
    reason = CASE WHEN pick.reason IS NOT NULL THEN pick.reason
                  WHEN found.is_chosen THEN NULL
                  WHEN found.decision = 'open' THEN 'parent_open'
                  WHEN found.decision = 'refused' THEN 'parent_refused'
                  WHEN found.parent_id IS NULL AND pick.level > 0 THEN 'parent_missing' END,
    detail = pick.parent_code
FROM found
WHERE pick.id = found.id;

-- What stays below a place whose code passes to another one goes on below the new one, as the list has it.
UPDATE pick
SET under_id = home.part_id
FROM pick AS home
WHERE home.ends_old AND home.makes_new AND pick.was_parent_id = home.area_id
  AND NOT pick.seeks_parent AND NOT pick.ends_old;
