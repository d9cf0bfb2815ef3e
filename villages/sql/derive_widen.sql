-- Where the path or a placement of this level came out otherwise than it stands, the areas below are derived too.
WITH changed AS (
    SELECT derived.id
    FROM derived_path AS derived
    JOIN derive_work AS work ON work.area_id = derived.id
    JOIN villages_area AS area ON area.id = derived.id
    WHERE work.level = %(level)s AND area.path IS DISTINCT FROM derived.path
    UNION
    SELECT coalesce(new.area_id, old.area_id)
    FROM (
        SELECT * FROM derived_placement AS derived
        WHERE EXISTS (
            SELECT FROM derive_work AS work WHERE work.area_id = derived.area_id AND work.level = %(level)s
        )
    ) AS new
    FULL JOIN (
        SELECT placed.* FROM villages_placement AS placed
        JOIN derive_work AS work ON work.area_id = placed.area_id AND work.level = %(level)s
    ) AS old ON old.area_id = new.area_id AND old.valid = new.valid
    WHERE (new.parent_id, new.province_id, new.prefecture_id, new.county_id, new.township_id)
          IS DISTINCT FROM (old.parent_id, old.province_id, old.prefecture_id, old.county_id, old.township_id)
       OR new.area_id IS NULL OR old.area_id IS NULL
)
INSERT INTO derive_work (area_id, level)
SELECT DISTINCT area.id, area.level
FROM changed
JOIN villages_areaversion AS version ON version.parent_id = changed.id
JOIN villages_area AS area ON area.id = version.area_id
ON CONFLICT DO NOTHING;
ANALYZE derive_work;
