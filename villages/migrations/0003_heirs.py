"""Where the territory of a place belongs on another day: the one walk along successions, for all who need it."""

from django.db import migrations

# Each step goes to the next change that divided or ended the place (forward in time), or made it (backward). A place
# that does not stand on the day wanted and has no further succession leads to the place it was part of, at its end or
# its beginning. Steps move strictly in time or up a level, so the walk ends.
HEIRS = """
CREATE FUNCTION villages_heirs(areas bigint[], days date[], until date)
RETURNS TABLE (origin bigint, day date, area_id bigint, share numeric)
LANGUAGE sql STABLE AS $$
WITH RECURSIVE walk (origin, start, area_id, day, share) AS (
    -- A day after the end of a place counts as its last, one before its beginning as its first.
    SELECT o.area_id, o.day, o.area_id, greatest(least(o.day, life.until - 1), life.since), 1::numeric
    FROM unnest(areas, days) AS o (area_id, day)
    CROSS JOIN LATERAL (
        SELECT min(lower(v.valid)) AS since, max(coalesce(upper(v.valid), 'infinity')) AS until
        FROM villages_areaversion v WHERE v.area_id = o.area_id
    ) AS life
    UNION ALL
    SELECT w.origin, w.start, step.area_id, step.day, w.share * step.share
    FROM walk w
    CROSS JOIN LATERAL (
        WITH edge AS (
            (SELECT s.new_id AS area_id, s.effective AS day, s.share
             FROM villages_succession s
             WHERE w.day < until AND s.old_id = w.area_id AND s.effective = (
                 SELECT min(n.effective) FROM villages_succession n
                 WHERE n.old_id = w.area_id AND n.effective > w.day AND n.effective <= until
             ))
            UNION ALL
            (SELECT s.old_id, s.effective - 1, s.share_back
             FROM villages_succession s
             WHERE w.day > until AND s.new_id = w.area_id AND s.effective = (
                 SELECT max(n.effective) FROM villages_succession n
                 WHERE n.new_id = w.area_id AND n.effective <= w.day AND n.effective > until
             ))
        ),
        life AS (
            SELECT v.parent_id, v.valid
            FROM villages_areaversion v
            WHERE v.area_id = w.area_id
            ORDER BY CASE WHEN w.day <= until THEN v.valid END DESC, v.valid
            LIMIT 1
        )
        SELECT edge.area_id, edge.day, edge.share FROM edge
        UNION ALL
        SELECT life.parent_id,
               CASE WHEN w.day <= until THEN upper(life.valid) - 1 ELSE lower(life.valid) END, 1::numeric
        FROM life
        WHERE NOT EXISTS (SELECT FROM edge)
          AND life.parent_id IS NOT NULL
          AND CASE WHEN w.day <= until THEN upper(life.valid) <= until ELSE lower(life.valid) > until END
    ) AS step
),
leaf AS (
    -- A place is where the walk ends when it leads nowhere else; then it stands on the day wanted.
    SELECT w.origin, w.start, w.area_id, w.share
    FROM walk w
    WHERE EXISTS (
        SELECT FROM villages_areaversion v WHERE v.area_id = w.area_id AND v.valid @> until
    )
      AND NOT EXISTS (
        SELECT FROM villages_succession s
        WHERE w.day < until AND s.old_id = w.area_id AND s.effective > w.day AND s.effective <= until
    )
      AND NOT EXISTS (
        SELECT FROM villages_succession s
        WHERE w.day > until AND s.new_id = w.area_id AND s.effective <= w.day AND s.effective > until
    )
)
SELECT leaf.origin, leaf.start, leaf.area_id, sum(leaf.share) FROM leaf GROUP BY 1, 2, 3
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0002_boundary_changes")]

    operations = [migrations.RunSQL(HEIRS, "DROP FUNCTION villages_heirs(bigint[], date[], date);")]
