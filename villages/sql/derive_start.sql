-- What is to be derived (`derive_work`), and room for what comes out.
DROP TABLE IF EXISTS pg_temp.derive_work, pg_temp.derived_form, pg_temp.derived_path, pg_temp.derived_placement;
CREATE TEMP TABLE derive_work (area_id bigint PRIMARY KEY, level smallint) ON COMMIT DROP;
CREATE TEMP TABLE derived_form (
    id bigint, level smallint, code text, name text, name_latin text, parent_id bigint, ended_on date
) ON COMMIT DROP;
CREATE TEMP TABLE derived_path (id bigint, path text) ON COMMIT DROP;
CREATE TEMP TABLE derived_placement (
    area_id bigint, level smallint, valid daterange, parent_id bigint,
    province_id bigint, prefecture_id bigint, county_id bigint, township_id bigint
) ON COMMIT DROP;
