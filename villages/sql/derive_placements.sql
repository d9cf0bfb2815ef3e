-- The placements of one level: each version of an area, cut where its parent's own placements change.
--
-- Zhijin stood under Bijie Prefecture until 2011 and under Bijie City after it: one version of a village below it, two
-- placements. Neighbouring ranges with the same ancestors (a mere change of name) become one again.
WITH cut AS (
    SELECT
        version.area_id,
        version.valid * coalesce(above.valid, version.valid) AS valid,
        version.parent_id,
        CASE %(level)s WHEN 1 THEN version.area_id ELSE above.province_id END AS province_id,
        CASE %(level)s WHEN 2 THEN version.area_id ELSE above.prefecture_id END AS prefecture_id,
        CASE %(level)s WHEN 3 THEN version.area_id ELSE above.county_id END AS county_id,
        CASE %(level)s WHEN 4 THEN version.area_id ELSE above.township_id END AS township_id
    FROM villages_areaversion AS version
    JOIN derive_work AS work ON work.area_id = version.area_id
    LEFT JOIN derived_placement AS above
        ON above.area_id = version.parent_id AND above.valid && version.valid AND above.level < %(level)s
    WHERE work.level = %(level)s
      AND (version.parent_id IS NULL OR above.area_id IS NOT NULL)
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY area_id) AS pieces FROM cut
),
merged AS (
    SELECT area_id, unnest(range_agg(valid)) AS valid, parent_id, province_id, prefecture_id, county_id, township_id
    FROM counted
    WHERE pieces > 1
    GROUP BY area_id, parent_id, province_id, prefecture_id, county_id, township_id
)
INSERT INTO derived_placement
    (area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id)
SELECT area_id, %(level)s, valid, parent_id, province_id, prefecture_id, county_id, township_id
FROM counted
WHERE pieces = 1
UNION ALL
SELECT area_id, %(level)s, valid, parent_id, province_id, prefecture_id, county_id, township_id
FROM merged;
