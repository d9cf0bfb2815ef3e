-- The rows of the list as they were read, with where each stands. `rejected` rows are kept so that their places are
-- not taken for gone.
DROP TABLE IF EXISTS pg_temp.list_row;
CREATE TEMP TABLE list_row (
    file smallint, line integer, level smallint, kind text, code text, name text, name_latin text, parent text,
    rejected boolean
) ON COMMIT DROP;
