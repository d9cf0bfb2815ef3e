SELECT level, outcome, count(*) FROM list_plan GROUP BY level, outcome
UNION ALL
SELECT level, 'gone', count(*) FROM list_gone GROUP BY level;
