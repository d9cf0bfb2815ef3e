DROP TABLE IF EXISTS pg_temp.list_gone;
CREATE TEMP TABLE list_gone (area_id bigint, level smallint, code text, name text) ON COMMIT DROP;
