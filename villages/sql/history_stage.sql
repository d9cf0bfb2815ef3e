-- Room for the list of codes and names of every year.
DROP TABLE IF EXISTS pg_temp.history_year;
CREATE TEMP TABLE history_year (year integer, code text, name text) ON COMMIT DROP;
