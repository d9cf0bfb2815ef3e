-- The rows of places that a refusal names, by the code and the name that they have or get, each with the first reason.
WITH problem AS (
    SELECT * FROM unnest(%(codes)s::text[], %(names)s::text[], %(whys)s::text[]) WITH ORDINALITY AS given (code, name, why, nth)
),
named AS (
    SELECT pick.id, problem.nth, problem.why
    FROM problem JOIN pick ON pick.code = problem.code AND problem.name IN (pick.name, pick.old_name)
    UNION ALL
    SELECT pick.id, problem.nth, problem.why
    FROM problem JOIN pick ON pick.old_code = problem.code AND problem.name IN (pick.name, pick.old_name)
),
first AS (
    SELECT DISTINCT ON (id) id, why FROM named ORDER BY id, nth
)
UPDATE pick SET reason = 'by_rule', detail = first.why FROM first WHERE pick.id = first.id AND pick.reason IS NULL;
