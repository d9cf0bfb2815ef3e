-- The rows of a list of codes (`flaw`: why a row can't be read; `cells`: what stood in it), and room for what comes out.
DROP TABLE IF EXISTS
    pg_temp.translate_row, pg_temp.translate_candidate, pg_temp.translate_code, pg_temp.translate_heir,
    pg_temp.translate_carried;
CREATE TEMP TABLE translate_row (
    number integer, line integer, code text, flaw text, cells text
) ON COMMIT DROP;
CREATE TEMP TABLE translate_candidate (code text, carried text, zeros integer) ON COMMIT DROP;
CREATE TEMP TABLE translate_code (
    code text, zeros integer, version_id bigint, area_id bigint, level smallint
) ON COMMIT DROP;
CREATE TEMP TABLE translate_heir (area_id bigint, heir_id bigint, share numeric) ON COMMIT DROP;
CREATE TEMP TABLE translate_carried (code text, carried jsonb) ON COMMIT DROP;
