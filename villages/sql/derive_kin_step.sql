-- Those that the last ones found succeeded, and those that ended in them without a successor. A statement for each step,
-- and not one that recurs, so that the planner knows whether these are two or two hundred thousand.
INSERT INTO derive_kin (area_id, level, step)
SELECT nearer.id, nearer.level, %(step)s
FROM (
    SELECT area.id, area.level
    FROM derive_kin AS kin
    JOIN villages_succession AS follow ON follow.new_id = kin.area_id
    JOIN villages_area AS area ON area.id = follow.old_id
    WHERE kin.step = %(step)s - 1
    UNION
    SELECT area.id, area.level
    FROM derive_kin AS kin
    JOIN villages_area AS area ON area.parent_id = kin.area_id AND area.ended_on IS NOT NULL
    WHERE kin.step = %(step)s - 1
) AS nearer
ON CONFLICT DO NOTHING;
