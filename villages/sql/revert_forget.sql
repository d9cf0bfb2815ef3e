-- Take back the identities that the changes made; nothing leans on them but changes that were reverted before. These keep
-- the code and name that the place had.
DELETE FROM villages_succession AS follow
USING change_row AS row
WHERE row.is_new AND follow.change_id <> ALL (%(changes)s) AND row.area_id IN (follow.old_id, follow.new_id);
UPDATE villages_changedarea AS kept SET area_id = NULL
FROM change_row AS row WHERE row.is_new AND kept.area_id = row.area_id AND kept.change_id <> ALL (%(changes)s);
UPDATE villages_changedarea AS kept SET parent_id = NULL
FROM change_row AS row WHERE row.is_new AND kept.parent_id = row.area_id AND kept.change_id <> ALL (%(changes)s);
UPDATE villages_succession AS follow SET new_id = NULL
FROM change_row AS row WHERE follow.change_id = ANY (%(changes)s) AND follow.new_id = row.area_id AND row.is_new;
UPDATE villages_changedarea AS kept SET area_id = NULL, made = NULL
FROM change_row AS row WHERE kept.id = row.id AND row.is_new;
UPDATE villages_changedarea SET made = NULL WHERE change_id = ANY (%(changes)s);
DELETE FROM villages_area AS area USING change_row AS row WHERE area.id = row.area_id AND row.is_new;
