-- Replace only the placements that differ, so that a rebuild that changes nothing writes nothing. `derive_moved` keeps
-- which areas came out otherwise.
ANALYZE derived_placement;
DROP TABLE IF EXISTS pg_temp.derive_moved;
CREATE TEMP TABLE derive_moved (area_id bigint, level smallint) ON COMMIT DROP;
WITH gone AS (
    DELETE FROM villages_placement AS old
    USING derive_work AS work
    WHERE work.area_id = old.area_id
      AND NOT EXISTS (
        SELECT FROM derived_placement AS new
        WHERE new.area_id = old.area_id
          AND new.valid = old.valid
          AND (new.level, new.parent_id, new.province_id, new.prefecture_id, new.county_id, new.township_id)
              IS NOT DISTINCT FROM
              (old.level, old.parent_id, old.province_id, old.prefecture_id, old.county_id, old.township_id)
    )
    RETURNING old.area_id, old.level
)
INSERT INTO derive_moved SELECT area_id, level FROM gone;
WITH come AS (
    INSERT INTO villages_placement
        (area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id)
    SELECT area_id, level, valid, parent_id, province_id, prefecture_id, county_id, township_id
    FROM derived_placement AS new
    WHERE EXISTS (SELECT FROM derive_work AS work WHERE work.area_id = new.area_id)
      AND NOT EXISTS (
        SELECT FROM villages_placement AS old WHERE old.area_id = new.area_id AND old.valid = new.valid
    )
    ORDER BY area_id, valid
    RETURNING area_id, level
)
INSERT INTO derive_moved SELECT area_id, level FROM come;
