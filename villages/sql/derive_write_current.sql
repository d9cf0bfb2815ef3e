-- Replace only the current placements that differ.
ANALYZE derived_current;
DELETE FROM villages_currentplacement AS old
USING derive_kin AS kin
WHERE kin.area_id = old.area_id
  AND NOT EXISTS (
    SELECT FROM derived_current AS new
    WHERE (new.area_id, new.level, new.valid, new.stood, new.county_id, new.low, new.high)
          = (old.area_id, old.level, old.valid, old.stood, old.county_id, old.low, old.high)
      AND new.township_id IS NOT DISTINCT FROM old.township_id
);
INSERT INTO villages_currentplacement (area_id, level, valid, stood, county_id, township_id, low, high)
SELECT new.area_id, new.level, new.valid, new.stood, new.county_id, new.township_id, new.low, new.high
FROM derived_current AS new
WHERE NOT EXISTS (
    SELECT FROM villages_currentplacement AS old
    WHERE old.area_id = new.area_id AND old.valid = new.valid AND old.low = new.low
)
ORDER BY new.area_id, new.valid, new.low;
