-- Successions of the counties that end. A successor that nothing else changes gets a row that leaves it as it is. The
-- shares are left to the villages that go over.
INSERT INTO villages_changedarea
    (change_id, area_id, level, area_kind, ends, code, name, name_latin, was_code, was_name, was_name_latin)
SELECT DISTINCT %(abolish)s::bigint, heir.area_id, area.level, area.kind, false, '', '', '', '', '', ''
FROM pick_heir AS heir
JOIN pick AS ending ON ending.area_id = heir.old_id AND ending.ends_old AND ending.reason IS NULL
JOIN villages_area AS area ON area.id = heir.area_id
LEFT JOIN pick AS chosen ON chosen.part_id = heir.part_id AND chosen.reason IS NULL
WHERE chosen.id IS NULL;

INSERT INTO villages_succession (change_id, old_id, part_id, reason)
SELECT %(abolish)s::bigint, heir.old_id, coalesce(chosen.part_id, added.id), 'given'
FROM pick_heir AS heir
JOIN pick AS ending ON ending.area_id = heir.old_id AND ending.ends_old AND ending.reason IS NULL
LEFT JOIN pick AS chosen ON chosen.part_id = heir.part_id AND chosen.reason IS NULL
LEFT JOIN villages_changedarea AS added ON added.change_id = %(abolish)s::bigint AND added.area_id = heir.area_id
WHERE coalesce(chosen.part_id, added.id) IS NOT NULL;
