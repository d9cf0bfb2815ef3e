SELECT level, outcome, first, count(*) FROM list_plan GROUP BY level, outcome, first
UNION ALL
SELECT level, 'gone', false, count(*) FROM list_gone GROUP BY level;
