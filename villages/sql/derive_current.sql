-- Where the figures of each area belong on today's boundaries. An area that stands and never gave anything away stays
-- where it stands; for the others each stretch between two successions is looked up.
DROP TABLE IF EXISTS pg_temp.derived_current, pg_temp.derive_stretch;
CREATE TEMP TABLE derived_current ON COMMIT DROP AS
SELECT area.id AS area_id, area.level, life.valid, true AS stood, placed.county_id, placed.township_id,
       0::numeric(13, 12) AS low, 1::numeric(13, 12) AS high
FROM derive_kin AS kin
JOIN villages_area AS area ON area.id = kin.area_id
JOIN villages_placement AS placed ON placed.area_id = area.id AND upper_inf(placed.valid)
CROSS JOIN LATERAL (
    SELECT range_merge(valid, placed.valid) AS valid
    FROM villages_placement AS first
    WHERE first.area_id = area.id
    ORDER BY lower(first.valid)
    LIMIT 1
) AS life
WHERE area.level >= 3 AND area.ended_on IS NULL
  AND NOT EXISTS (SELECT FROM villages_succession AS given WHERE given.old_id = area.id AND given.effective IS NOT NULL);

CREATE TEMP TABLE derive_stretch ON COMMIT DROP AS
WITH life AS (
    SELECT area.id AS area_id, area.level, min(lower(version.valid)) AS since, area.ended_on
    FROM derive_kin AS kin
    JOIN villages_area AS area ON area.id = kin.area_id
    JOIN villages_areaversion AS version ON version.area_id = area.id
    WHERE area.level >= 3
      AND (area.ended_on IS NOT NULL OR EXISTS (
          SELECT FROM villages_succession AS given WHERE given.old_id = area.id AND given.effective IS NOT NULL
      ))
    GROUP BY area.id
),
cut AS (
    SELECT area_id, level, since AS day, true AS stood FROM life
    UNION
    SELECT life.area_id, life.level, given.effective, true
    FROM life JOIN villages_succession AS given ON given.old_id = life.area_id
    WHERE given.effective > life.since AND (life.ended_on IS NULL OR given.effective < life.ended_on)
    UNION
    SELECT area_id, level, ended_on, false FROM life WHERE ended_on IS NOT NULL
)
SELECT area_id, level, stood, day,
       daterange(day, lead(day) OVER (PARTITION BY area_id ORDER BY day)) AS valid
FROM cut;

INSERT INTO derived_current (area_id, level, valid, stood, county_id, township_id, low, high)
WITH heir AS (
    SELECT heirs.*
    FROM (SELECT array_agg(area_id) AS areas, array_agg(day) AS days FROM derive_stretch) AS asked,
         villages_heirs(asked.areas, asked.days, 'infinity') AS heirs
    WHERE asked.areas IS NOT NULL
),
seat AS (
    -- Parts that lie in the same township today are one.
    SELECT heir.origin, heir.day, placed.county_id, placed.township_id, sum(heir.share) AS share
    FROM heir
    JOIN villages_placement AS placed ON placed.area_id = heir.area_id AND upper_inf(placed.valid)
    GROUP BY heir.origin, heir.day, placed.county_id, placed.township_id
),
window_of AS (
    SELECT *, sum(share) OVER ordered AS reached, sum(share) OVER (PARTITION BY origin, day) AS whole
    FROM seat
    WINDOW ordered AS (PARTITION BY origin, day ORDER BY county_id, township_id NULLS FIRST)
)
SELECT stretch.area_id, stretch.level, stretch.valid, stretch.stood, seat.county_id, seat.township_id,
       round((seat.reached - seat.share) / seat.whole, 12), round(seat.reached / seat.whole, 12)
FROM derive_stretch AS stretch
JOIN window_of AS seat ON seat.origin = stretch.area_id AND seat.day = stretch.day;
