-- Rows that can't be accepted, each with the first reason that is found. Repeated until no more fall out, since what
-- leans on a row that falls out falls with it.
WITH finding AS (
    SELECT pick.id, 1 AS rank, 'changed_since' AS reason, coalesce(pick.was_code || ' ' || pick.was_name, '') AS detail
    FROM pick
    WHERE reason IS NULL AND area_id IS NOT NULL
      AND (was_id IS NULL OR was_code <> old_code OR was_name <> old_name)
    UNION ALL
    SELECT pick.id, 2, 'later_form', '' FROM pick WHERE reason IS NULL AND ends_old AND was_until IS NOT NULL
    UNION ALL
    SELECT pick.id, 3, 'began_that_day', ''
    FROM pick
    WHERE reason IS NULL AND ends_old AND was_from = %(vintage)s::date AND NOT EXISTS (
        SELECT FROM villages_areaversion AS earlier
        WHERE earlier.area_id = pick.area_id AND lower(earlier.valid) < %(vintage)s::date
    )
    UNION ALL
    -- Figures of a county that ends must belong somewhere; a list says where only if its townships go on.
    SELECT pick.id, 4, 'no_heir', ''
    FROM pick JOIN villages_area AS area ON area.id = pick.area_id
    WHERE reason IS NULL AND ends_old AND area.level = 3 AND area.kind <> 'placeholder'
      AND NOT EXISTS (SELECT FROM pick_heir WHERE pick_heir.old_id = pick.area_id)
    UNION ALL
    SELECT pick.id, 4, 'other_level', ''
    FROM pick JOIN villages_area AS area ON area.id = pick.area_id
    WHERE reason IS NULL AND NOT makes_new AND NOT ends_old AND area.level <> pick.level
    UNION ALL
    SELECT pick.id, 5, 'parent_fails', above.code
    FROM pick
    JOIN pick AS above ON above.code = pick.parent_code AND above.level < pick.level AND above.outcome <> 'gone'
    WHERE pick.reason IS NULL AND pick.seeks_parent AND above.reason IS NOT NULL
    UNION ALL
    SELECT pick.id, 6, 'parent_ends', pick.parent_code
    FROM pick
    LEFT JOIN pick AS above ON above.area_id = pick.parent_id AND above.ends_old AND above.reason IS NULL
    JOIN villages_area AS area ON area.id = pick.parent_id
    WHERE pick.reason IS NULL AND (above.id IS NOT NULL OR (pick.makes_new AND area.ended_on IS NOT NULL))
    UNION ALL
    SELECT pick.id, 7, 'outside', area.code || ' ' || area.name
    FROM pick
    JOIN villages_area AS area ON area.id = pick.parent_id
    WHERE pick.reason IS NULL AND %(roots)s::text[] IS NOT NULL
      AND NOT EXISTS (SELECT FROM unnest(%(roots)s::text[]) AS root WHERE starts_with(area.path, root))
    UNION ALL
    SELECT pick.id, 8, 'code_held', holder.name
    FROM pick
    JOIN villages_areaversion AS holder
        ON holder.code = pick.gives_code AND holder.area_id IS DISTINCT FROM CASE WHEN NOT makes_new THEN pick.area_id END
       AND holder.valid && daterange(%(vintage)s::date, CASE WHEN NOT makes_new THEN pick.was_until END)
    LEFT JOIN pick AS releases
        ON releases.area_id = holder.area_id AND releases.was_id = holder.id AND releases.reason IS NULL
       AND (releases.ends_old OR releases.gives_code <> holder.code)
    WHERE pick.reason IS NULL AND releases.id IS NULL
    UNION ALL
    SELECT pick.id, 9, 'has_children', count(*)::text
    FROM pick
    JOIN villages_areaversion AS child
        ON child.parent_id = pick.area_id AND child.valid && daterange(%(vintage)s::date, NULL)
    LEFT JOIN pick AS leaves
        ON leaves.area_id = child.area_id AND leaves.was_id = child.id AND leaves.reason IS NULL
       AND (leaves.ends_old OR leaves.outcome = 'moved')
    WHERE pick.reason IS NULL AND pick.ends_old AND leaves.id IS NULL
      AND NOT (pick.makes_new AND child.valid @> %(vintage)s::date)
    GROUP BY pick.id
),
first AS (
    SELECT DISTINCT ON (id) id, reason, detail FROM finding ORDER BY id, rank
)
UPDATE pick SET reason = first.reason, detail = first.detail FROM first WHERE pick.id = first.id;
