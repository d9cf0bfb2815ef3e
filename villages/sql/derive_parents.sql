-- The parents of this level's areas that are not themselves derived anew: their placements as they stand.
INSERT INTO derived_placement (area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id)
SELECT kept.area_id, kept.level, kept.valid, kept.parent_id,
       kept.province_id, kept.prefecture_id, kept.county_id, kept.township_id
FROM villages_placement AS kept
JOIN (
    SELECT DISTINCT version.parent_id
    FROM derive_work AS work JOIN villages_areaversion AS version ON version.area_id = work.area_id
    WHERE work.level = %(level)s
) AS wanted ON wanted.parent_id = kept.area_id
WHERE NOT EXISTS (SELECT FROM derive_work AS work WHERE work.area_id = kept.area_id)
  AND NOT EXISTS (SELECT FROM derived_placement AS known WHERE known.area_id = kept.area_id);
