DROP TABLE IF EXISTS pg_temp.derived_placement;
CREATE TEMP TABLE derived_placement (
    area_id bigint, level smallint, valid daterange, parent_id bigint,
    province_id bigint, prefecture_id bigint, county_id bigint, township_id bigint
) ON COMMIT DROP;
