-- The successions that lead from one place to those that followed it and those that they followed, step by step, in
-- either direction. A step of a later day leads on from an earlier one only, so that the walk ends.
WITH RECURSIVE onward AS (
    SELECT s.id, s.new_id AS at, s.effective
    FROM villages_succession s
    WHERE s.old_id = %(area)s AND s.effective IS NOT NULL
    UNION
    SELECT s.id, s.new_id, s.effective
    FROM onward o
    JOIN villages_succession s ON s.old_id = o.at AND s.effective > o.effective
),
back AS (
    SELECT s.id, s.old_id AS at, s.effective
    FROM villages_succession s
    WHERE s.new_id = %(area)s AND s.effective IS NOT NULL
    UNION
    SELECT s.id, s.old_id, s.effective
    FROM back b
    JOIN villages_succession s ON s.new_id = b.at AND s.effective < b.effective
)
(SELECT 'after', id, effective FROM onward ORDER BY effective, id LIMIT %(most)s)
UNION ALL
(SELECT 'before', id, effective FROM back ORDER BY effective DESC, id LIMIT %(most)s)
