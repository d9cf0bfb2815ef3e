-- Of the places below one whose code may have passed to another, how many kept code and name: they speak for the same.
UPDATE list_plan AS plan
SET evidence = concat_ws(',', plan.evidence, 'below:' || below.kept || '/' || below.listed)
FROM (
    SELECT below.parent, count(*) FILTER (WHERE below.outcome IN ('same', 'renamed')) AS kept, count(*) AS listed
    FROM list_plan AS below
    JOIN list_plan AS above ON above.code = below.parent AND above.outcome = 'other'
    GROUP BY below.parent
) AS below
WHERE plan.outcome = 'other' AND below.parent = plan.code;

-- A new place whose code another one leaves in the same list.
UPDATE list_plan AS plan
SET evidence = 'code_freed:' || freed.code
FROM list_plan AS freed
WHERE plan.outcome = 'new' AND NOT plan.first AND freed.old_code = plan.code
  AND freed.outcome IN ('recoded', 'moved') AND freed.code <> freed.old_code;

-- Where most of the places below one that is gone are now.
UPDATE list_gone AS gone
SET evidence = concat_ws(',', gone.evidence, 'went:' || went.count || ' › ' || went.parent)
FROM (
    SELECT DISTINCT ON (old_parent) old_parent, parent, count(*) AS count
    FROM list_plan
    WHERE outcome = 'moved'
    GROUP BY old_parent, parent
    ORDER BY old_parent, count(*) DESC, parent
) AS went
WHERE went.old_parent = gone.code;
