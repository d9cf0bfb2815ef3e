-- Which kinds of change the chosen rows make.
SELECT bool_or(makes_new), bool_or(ends_old), bool_or(outcome = 'recoded'),
       bool_or(outcome = 'moved') OR bool_or(ends_old AND makes_new),
       bool_or(NOT ends_old AND NOT makes_new AND outcome IN ('renamed', 'other'))
FROM pick
WHERE reason IS NULL;
