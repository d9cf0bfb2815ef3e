-- Rows that would leave places in no county: such as would belong to none, and such as end with a placeholder of a county
-- that no place takes over, so that their figures would lie nowhere. What `change_check_counties` would refuse at the very
-- end, after everything is written, is left out before. Asked when nothing else falls out: a county that does not end
-- takes no place with it.
WITH RECURSIVE lost AS (
    SELECT pick.area_id
    FROM pick
    JOIN villages_area AS area ON area.id = pick.area_id
    LEFT JOIN villages_area AS above ON above.id = pick.was_parent_id
    WHERE pick.reason IS NULL AND pick.ends_old
      AND ((area.level = 3 AND NOT EXISTS (SELECT FROM pick_heir WHERE pick_heir.old_id = pick.area_id))
           OR (area.level > 3 AND above.level < 3))
    UNION
    SELECT pick.area_id
    FROM lost
    JOIN pick ON pick.was_parent_id = lost.area_id AND pick.reason IS NULL AND pick.ends_old
),
finding AS (
    SELECT pick.id, 'nowhere' AS reason
    FROM lost
    JOIN villages_area AS area ON area.id = lost.area_id AND area.level > 3 AND area.kind <> 'placeholder'
    JOIN pick ON pick.area_id = lost.area_id AND pick.reason IS NULL AND pick.ends_old
    UNION
    SELECT pick.id, 'no_county'
    FROM pick
    LEFT JOIN villages_area AS above ON above.id = pick.parent_id
    LEFT JOIN pick AS chosen ON chosen.part_id = pick.under_id
    WHERE pick.reason IS NULL AND pick.seeks_parent AND pick.level > 3 AND pick.area_kind <> 'placeholder'
      AND coalesce(chosen.level, above.level) < 3
)
UPDATE pick SET reason = finding.reason FROM finding WHERE pick.id = finding.id;
