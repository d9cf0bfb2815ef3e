-- Villages that belong to something above the townships, though there are townships.
SELECT row.file, row.line, row.parent, row.name, coalesce(above.level, standing.level)
FROM list_row AS row
LEFT JOIN list_row AS above ON above.code = row.parent AND NOT above.rejected
LEFT JOIN standing ON standing.code = row.parent
WHERE row.level = %(village)s AND NOT row.rejected
  AND coalesce(above.level, standing.level) < %(township)s
  AND (EXISTS (SELECT FROM list_row WHERE level = %(township)s)
       OR EXISTS (SELECT FROM standing WHERE level = %(township)s))
ORDER BY row.file, row.line;
