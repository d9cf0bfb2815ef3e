-- Codes that another place carries in part of the dates for which the change gives them, within it or beside it.
SELECT 'code_taken', row.code, row.name, other.code || ' ' || other.name, row.effective
FROM change_row AS row
JOIN villages_areaversion AS other
    ON other.code = row.code AND other.area_id <> row.area_id
   AND other.valid && daterange(row.effective, row.was_until)
WHERE row.made IS NOT NULL
UNION ALL
SELECT 'code_twice', row.code, row.name, other.name, row.effective
FROM change_row AS row
JOIN change_row AS other
    ON other.code = row.code AND other.id > row.id AND other.made IS NOT NULL
   AND daterange(other.effective, other.was_until) && daterange(row.effective, row.was_until)
WHERE row.made IS NOT NULL
ORDER BY 1, 2;
