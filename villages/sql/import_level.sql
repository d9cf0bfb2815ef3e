-- Lay the rows of one level beside the registry. A row with the code of a standing place whose name begins alike is that
-- place; all others are left without an outcome.
--
-- Below a place that has another code now, a code proves nothing by itself: it may be one that a neighbour had.
-- A placeholder in between, which a list may leave out or put in above the counties, is no move.
INSERT INTO list_plan
    (file, line, level, kind, code, name, name_latin, parent, up_id, top_id, county, above_first,
     area_id, old_code, old_name, old_parent, old_kind, outcome)
WITH laid AS (
    SELECT row.file, row.line, row.level, row.kind, row.code, row.name, row.name_latin, row.parent,
           CASE WHEN above.code IS NULL THEN up.area_id
                WHEN above.area_id IS NULL AND above.kind = 'placeholder' AND above.level < 3 THEN above.up_id
                WHEN above.outcome <> 'level' THEN above.area_id END AS up_id,
           CASE WHEN above.code IS NULL THEN up.parent_id
                WHEN above.area_id IS NULL AND above.kind = 'placeholder' AND above.level < 3 THEN above.top_id
                ELSE above.up_id END AS top_id,
           CASE WHEN row.level <= 3 THEN row.code
                WHEN above.code IS NOT NULL THEN above.county
                WHEN up.level = 4 THEN coalesce(up_plan.code, up_top.code)
                ELSE up.code END AS county,
           coalesce(above.first AND (above.kind <> 'placeholder' OR above.level >= 3), false) AS above_first,
           above.code IS NULL OR (above.area_id IS NOT NULL AND above.old_code = above.code) AS up_kept,
           above.kind = 'placeholder' AND above.up_id = old.parent_id
               OR up.kind = 'placeholder' AND up.parent_id = old.parent_id AS behind_placeholder,
           old.area_id AS old_id, old.level AS old_level, old.code AS old_code, old.name AS old_name,
           old.name_latin AS old_latin, old.parent_id AS old_parent_id, old.kind AS old_kind,
           old_above.code AS old_parent, old_above.kind AS old_parent_kind, old_above.parent_id AS old_top_id
    FROM list_row AS row
    LEFT JOIN list_plan AS above ON above.code = row.parent
    LEFT JOIN standing AS up ON up.code = row.parent AND above.code IS NULL
    LEFT JOIN standing AS up_top ON up_top.area_id = up.parent_id
    LEFT JOIN list_plan AS up_plan ON up_plan.area_id = up.parent_id
    LEFT JOIN standing AS old ON old.code = row.code
    LEFT JOIN standing AS old_above ON old_above.area_id = old.parent_id
    WHERE row.level = %(level)s AND NOT row.rejected
),
judged AS (
    SELECT *,
           level = 0 OR old_parent_id = up_id OR coalesce(behind_placeholder, false)
               OR (old_parent_kind = 'placeholder' AND old_top_id = up_id) AS in_place,
           old_level = level AND left(old_name, 2) = left(name, 2) AS alike
    FROM laid
),
found AS (
    SELECT *, coalesce(alike AND (in_place OR up_kept), false) AS is_found FROM judged
)
SELECT file, line, level, kind, code, name, name_latin, parent, up_id, top_id, county, above_first,
       CASE WHEN is_found THEN old_id END, CASE WHEN is_found THEN old_code END, CASE WHEN is_found THEN old_name END,
       CASE WHEN is_found THEN old_parent END, CASE WHEN is_found THEN old_kind END,
       CASE
           WHEN NOT is_found THEN NULL
           WHEN NOT coalesce(in_place, false) THEN 'moved'
           WHEN old_name <> name OR (name_latin <> '' AND old_latin <> name_latin) THEN 'renamed'
           ELSE 'same'
       END
FROM found;
