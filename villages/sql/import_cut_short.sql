-- Places whose end leaves it open what became of the newly known places below them.
SELECT area.level, area.code, area.name, max(upper(life.valid)), count(DISTINCT fresh.id)
FROM list_life AS life
JOIN villages_area AS area ON area.id = life.area_id
JOIN list_home AS fresh ON fresh.on_top AND fresh.parent_id = life.area_id
GROUP BY area.id
HAVING bool_and(NOT upper_inf(life.valid))
ORDER BY area.level, area.code;
