-- Where the judgement of each accepted row is gathered, level by level from the top down.
--
-- `up_id` is the place of the registry that the row belongs to by the list, found by code or, where the list gives it
-- another code, by what was judged of it before; null below a place that the registry does not know. `top_id` is the one
-- above that. `county` is the code of the county in which the row lies. `first`: the registry holds nothing of this
-- level there, so that the row tells no change.
DROP TABLE IF EXISTS pg_temp.list_plan, pg_temp.list_gone, pg_temp.list_pair;
CREATE TEMP TABLE list_plan (
    file smallint, line integer, level smallint, kind text, code text, name text, name_latin text, parent text,
    up_id bigint, top_id bigint, county text, above_first boolean, area_id bigint, old_code text, old_name text,
    old_parent text, old_kind text, outcome text, evidence text, first boolean NOT NULL DEFAULT false
) ON COMMIT DROP;
CREATE TEMP TABLE list_gone (
    area_id bigint, level smallint, kind text, code text, name text, parent text, county text, evidence text
) ON COMMIT DROP;
CREATE TEMP TABLE list_pair (code text, area_id bigint, evidence text) ON COMMIT DROP;
