-- Write the new forms, and keep with each row what is needed to show it and to take it back.
INSERT INTO villages_areaversion (id, area_id, code, name, name_latin, parent_id, valid, source_id)
SELECT row.made, row.area_id, row.code, row.name, row.name_latin, row.parent, daterange(row.effective, row.was_until),
       row.source_id
FROM change_row AS row
WHERE row.made IS NOT NULL
ORDER BY row.level, row.id;

UPDATE villages_changedarea AS kept
SET area_id = row.area_id, made = row.made, was_version = row.was_version, was_code = coalesce(row.was_code, ''),
    was_name = coalesce(row.was_name, ''), was_name_latin = coalesce(row.was_name_latin, ''),
    was_parent_id = row.was_parent_id, was_from = row.was_from, was_until = row.was_until, was_source = row.was_source
FROM change_row AS row
WHERE kept.id = row.id;

-- A share that nobody gave is whole where there is one successor, and for now equal parts where there are several.
DROP TABLE IF EXISTS pg_temp.change_share;
CREATE TEMP TABLE change_share ON COMMIT DROP AS
SELECT follow.id, follow.change_id, follow.old_id, follow.part_id,
       follow.share IS NULL AS open, follow.share_back IS NULL AS open_back,
       count(*) OVER (PARTITION BY follow.change_id, follow.old_id) AS successors,
       count(*) OVER (PARTITION BY follow.change_id, follow.part_id) AS predecessors
FROM villages_succession AS follow
WHERE follow.change_id = ANY (%(changes)s);

UPDATE villages_succession AS follow
SET new_id = part.area_id, effective = part.effective,
    share = coalesce(follow.share, round(1.0 / counted.successors, 10)),
    share_back = coalesce(follow.share_back, round(1.0 / counted.predecessors, 10)),
    reason = CASE WHEN counted.successors = 1 AND counted.predecessors = 1 THEN 'whole'
                  WHEN counted.open AND counted.successors > 1 THEN 'equal'
                  WHEN counted.open_back AND counted.predecessors > 1 THEN 'equal'
                  ELSE 'given' END
FROM change_row AS part, change_share AS counted
WHERE follow.part_id = part.id AND counted.id = follow.id;
