-- Shares that nobody gave: by the villages that the old place had the day before and the new one has from that day on.
-- Placements of both days are known by now. A successor that got none counts as if it had got one, for it got something;
-- where no village is known at all, the equal parts stay.
WITH asked AS (
    SELECT share.*, follow.new_id, follow.effective, area.level
    FROM change_share AS share
    JOIN villages_succession AS follow ON follow.id = share.id
    JOIN villages_area AS area ON area.id = share.old_id
    WHERE area.level BETWEEN 1 AND 4
      AND ((share.open AND share.successors > 1) OR (share.open_back AND share.predecessors > 1))
),
village AS (
    -- By the index on counties, where the old place lies in one.
    SELECT asked.id, before.area_id, asked.effective, asked.new_id
    FROM asked
    JOIN villages_placement AS seat ON seat.area_id = asked.old_id AND seat.valid @> asked.effective - 1
    JOIN villages_placement AS before
        ON before.county_id = seat.county_id AND before.level = 5 AND before.valid @> asked.effective - 1
       AND asked.old_id IN (before.county_id, before.township_id)
    WHERE asked.level >= 3
    UNION ALL
    SELECT asked.id, before.area_id, asked.effective, asked.new_id
    FROM asked
    JOIN villages_placement AS before
        ON before.level = 5 AND before.valid @> asked.effective - 1
       AND asked.old_id IN (before.province_id, before.prefecture_id)
    WHERE asked.level < 3
),
moved AS (
    SELECT village.id, count(*) AS villages
    FROM village
    JOIN villages_placement AS after ON after.area_id = village.area_id AND after.valid @> village.effective
    WHERE village.new_id IN (after.province_id, after.prefecture_id, after.county_id, after.township_id)
    GROUP BY village.id
),
counted AS (
    SELECT share.*, greatest(coalesce(moved.villages, 0), 1) AS villages,
           sum(greatest(coalesce(moved.villages, 0), 1)) OVER of_old AS of_old, count(moved.id) OVER of_old AS found,
           sum(greatest(coalesce(moved.villages, 0), 1)) OVER of_new AS of_new, count(moved.id) OVER of_new AS found_back
    FROM change_share AS share LEFT JOIN moved ON moved.id = share.id
    WINDOW of_old AS (PARTITION BY share.change_id, share.old_id), of_new AS (PARTITION BY share.change_id, share.part_id)
)
UPDATE villages_succession AS follow
SET share = CASE WHEN counted.open AND found > 0 THEN round(villages / of_old, 10) ELSE follow.share END,
    share_back = CASE WHEN counted.open_back AND found_back > 0 THEN round(villages / of_new, 10)
                      ELSE follow.share_back END,
    reason = CASE WHEN follow.reason = 'equal' THEN 'villages' ELSE follow.reason END
FROM counted
WHERE follow.id = counted.id
  AND ((counted.open AND found > 0 AND successors > 1) OR (counted.open_back AND found_back > 0 AND predecessors > 1));
