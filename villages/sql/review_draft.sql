-- The drafts of what was chosen: one change of each kind, by their ids.
INSERT INTO villages_changedarea
    (id, change_id, area_id, level, area_kind, ends, code, name, name_latin, parent_id, under_id,
     was_code, was_name, was_name_latin)
SELECT part_id, %(create)s::bigint, NULL, level, area_kind, false, code, name, name_latin, parent_id, under_id, '', '', ''
FROM pick
WHERE reason IS NULL AND makes_new
ORDER BY level, code;

INSERT INTO villages_changedarea
    (id, change_id, area_id, level, area_kind, ends, code, name, name_latin, parent_id, under_id,
     was_code, was_name, was_name_latin)
SELECT nextval(pg_get_serial_sequence('villages_changedarea', 'id')), %(abolish)s::bigint, pick.area_id, area.level, area.kind, true, '', '', '', NULL::bigint, NULL::bigint, '', '', ''
FROM pick
JOIN villages_area AS area ON area.id = pick.area_id
WHERE reason IS NULL AND ends_old
UNION ALL
SELECT pick.part_id, CASE WHEN pick.outcome = 'recoded' THEN %(recode)s::bigint WHEN pick.outcome = 'moved' THEN %(transfer)s ELSE %(rename)s END,
       pick.area_id, pick.level, pick.area_kind, false,
       CASE WHEN pick.code <> pick.was_code THEN pick.code ELSE '' END,
       CASE WHEN pick.name <> pick.was_name THEN pick.name ELSE '' END,
       pick.name_latin, pick.parent_id, home.part_id, '', '', ''
FROM pick
LEFT JOIN pick AS home ON home.part_id = pick.under_id AND home.reason IS NULL
WHERE pick.reason IS NULL AND NOT pick.ends_old AND NOT pick.makes_new
UNION ALL
-- What stays below a place whose code passes to another one.
SELECT nextval(pg_get_serial_sequence('villages_changedarea', 'id')), %(transfer)s::bigint, child.area_id, area.level, area.kind, false, '', '', '', NULL, home.part_id, '', '', ''
FROM pick AS home
JOIN villages_areaversion AS child ON child.parent_id = home.area_id AND child.valid @> %(vintage)s::date
JOIN villages_area AS area ON area.id = child.area_id
WHERE home.reason IS NULL AND home.ends_old AND home.makes_new
  AND NOT EXISTS (SELECT FROM pick AS own WHERE own.area_id = child.area_id AND own.reason IS NULL);
