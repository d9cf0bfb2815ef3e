-- Whose role reaches more or less after the changes: roles on places that go on, with what comes below them or leaves
-- them. Of a place that another takes over, or of which it takes a part, no level is told: its own parts are.
WITH piece AS (
    SELECT level,
           left(was_path, length(was_path) - length(area_id || '.')) AS was_above,
           left(path, length(path) - length(area_id || '.')) AS above,
           count(*) AS places
    FROM derive_seat
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT NULL, coalesce(seat.was_path, old.path), new.path, 1
    FROM villages_succession AS follow
    JOIN villages_area AS old ON old.id = follow.old_id
    JOIN villages_area AS new ON new.id = follow.new_id
    LEFT JOIN derive_seat AS seat ON seat.area_id = old.id
    WHERE follow.change_id = ANY (%(changes)s) AND old.id <> new.id
),
lain AS (
    SELECT level, places, string_to_array(rtrim(was_above, '.'), '.')::bigint[] AS was,
           string_to_array(rtrim(above, '.'), '.')::bigint[] AS will
    FROM piece
),
side AS (
    SELECT true AS gained, up.id, level, places FROM lain, unnest(will) AS up (id) WHERE up.id <> ALL (was)
    UNION ALL
    SELECT false, up.id, level, places FROM lain, unnest(was) AS up (id) WHERE up.id <> ALL (will)
)
SELECT held.id, side.gained, side.level, sum(side.places)::bigint
FROM side
JOIN villages_area AS area ON area.id = side.id AND area.ended_on IS NULL
JOIN accounts_jurisdiction AS held ON held.area_id = area.id
WHERE held.id <> ALL (%(besides)s)
GROUP BY held.id, side.gained, side.level
ORDER BY held.id, side.gained DESC, side.level;
