-- The areas whose figures of some year may lie today in an area that was derived anew: first these themselves.
DROP TABLE IF EXISTS pg_temp.derive_kin;
CREATE TEMP TABLE derive_kin (area_id bigint PRIMARY KEY, level smallint, step integer) ON COMMIT DROP;
INSERT INTO derive_kin (area_id, level, step) SELECT area_id, level, 0 FROM derive_work;
ANALYZE derive_kin;
