-- Who takes over from the counties that end: the counties to which their townships go, with these rows or before, and
-- the place that takes over the code with what stays below it. `part_id` is the row of that place among those chosen.
DROP TABLE IF EXISTS pg_temp.pick_heir;
CREATE TEMP TABLE pick_heir ON COMMIT DROP AS
WITH ending AS (
    SELECT pick.*
    FROM pick JOIN villages_area AS area ON area.id = pick.area_id
    WHERE pick.ends_old AND area.level = 3
),
went AS (
    SELECT ending.area_id AS old_id, child.parent_id AS area_id, child.under_id AS part_id
    FROM ending
    JOIN pick AS child ON child.was_parent_id = ending.area_id AND child.outcome = 'moved'
    UNION
    SELECT ending.area_id, now.parent_id, NULL
    FROM ending
    JOIN villages_areaversion AS was ON was.parent_id = ending.area_id AND upper(was.valid) = %(vintage)s::date
    JOIN villages_areaversion AS now ON now.area_id = was.area_id AND now.valid @> %(vintage)s::date
    WHERE now.parent_id <> ending.area_id
    UNION
    SELECT ending.area_id, NULL, ending.part_id
    FROM ending
    JOIN villages_areaversion AS child ON child.parent_id = ending.area_id AND child.valid @> %(vintage)s::date
    LEFT JOIN pick AS leaves
        ON leaves.area_id = child.area_id AND (leaves.ends_old OR leaves.outcome = 'moved')
    WHERE ending.makes_new AND leaves.id IS NULL
)
SELECT DISTINCT went.old_id, went.area_id, coalesce(went.part_id, chosen.part_id) AS part_id
FROM went
LEFT JOIN pick AS chosen ON chosen.area_id = went.area_id AND NOT chosen.ends_old
LEFT JOIN pick AS made ON made.part_id = went.part_id
LEFT JOIN villages_area AS area ON area.id = went.area_id
WHERE coalesce(made.level, area.level) = 3;
ANALYZE pick_heir;
