-- What is wrong with the registry: one row per finding. The derived tables of a rebuild stand beside it.
WITH life AS (
    SELECT area_id, range_agg(valid) AS days FROM villages_areaversion GROUP BY area_id
),
lived_placement AS (
    SELECT area_id, range_agg(valid) AS days FROM villages_placement GROUP BY area_id
),
odd_version AS (
    SELECT version.area_id, version.parent_id, area.level, above.level AS parent_level,
           life.days @> version.valid AS parent_lived
    FROM villages_areaversion AS version
    JOIN villages_area AS area ON area.id = version.area_id
    LEFT JOIN villages_area AS above ON above.id = version.parent_id
    LEFT JOIN life ON life.area_id = version.parent_id
),
finding AS (
    SELECT 'no_version' AS kind, area.id AS area_id
    FROM villages_area AS area LEFT JOIN life ON life.area_id = area.id WHERE life.area_id IS NULL
    UNION ALL
    SELECT 'no_parent', area_id FROM odd_version WHERE parent_id IS NULL AND level > 0
    UNION ALL
    SELECT 'parent_not_above', area_id FROM odd_version WHERE parent_level >= level
    UNION ALL
    SELECT 'parent_not_there', area_id FROM odd_version WHERE NOT coalesce(parent_lived, parent_id IS NULL)
    UNION ALL
    SELECT 'form_differs', area.id
    FROM villages_area AS area
    JOIN derived_form AS form ON form.id = area.id
    LEFT JOIN derived_path AS derived ON derived.id = area.id
    WHERE (area.code, area.name, area.name_latin, area.parent_id, area.path, area.ended_on)
          IS DISTINCT FROM
          (form.code, form.name, form.name_latin, form.parent_id, derived.path::varchar, form.ended_on)
    UNION ALL
    SELECT 'placement_differs', area_id
    FROM (
        (SELECT area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id
         FROM derived_placement
         EXCEPT ALL
         SELECT area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id
         FROM villages_placement)
        UNION ALL
        (SELECT area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id
         FROM villages_placement
         EXCEPT ALL
         SELECT area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id
         FROM derived_placement)
    ) AS differing
    UNION ALL
    SELECT 'life_gap', area_id FROM life WHERE (SELECT count(*) FROM unnest(days)) > 1
    UNION ALL
    SELECT 'current_differs', area_id
    FROM (
        (SELECT area_id, level, valid, stood, county_id, township_id, low, high FROM derived_current
         EXCEPT ALL
         SELECT area_id, level, valid, stood, county_id, township_id, low, high FROM villages_currentplacement)
        UNION ALL
        (SELECT area_id, level, valid, stood, county_id, township_id, low, high FROM villages_currentplacement
         EXCEPT ALL
         SELECT area_id, level, valid, stood, county_id, township_id, low, high FROM derived_current)
    ) AS differing
    UNION ALL
    SELECT 'current_nowhere', nowhere.area_id
    FROM derived_current AS nowhere JOIN villages_area AS area ON area.id = nowhere.area_id
    WHERE nowhere.county_id IS NULL AND area.kind <> 'placeholder'
    UNION ALL
    SELECT 'placement_gap', life.area_id
    FROM life LEFT JOIN lived_placement USING (area_id)
    WHERE life.days IS DISTINCT FROM lived_placement.days
)
SELECT DISTINCT finding.kind, finding.area_id, area.code, area.name
FROM finding
LEFT JOIN villages_area AS area ON area.id = finding.area_id
ORDER BY 1, 2;
