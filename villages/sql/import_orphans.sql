-- Reject the rows of one level whose parent is neither in the list nor in the registry, or is not above them.
WITH placed AS (
    SELECT row.ctid AS place, above.level AS listed_level, standing.level AS standing_level,
           above.rejected AS parent_rejected
    FROM list_row AS row
    LEFT JOIN list_row AS above ON above.code = row.parent
    LEFT JOIN standing ON standing.code = row.parent
    WHERE row.level = %(level)s AND NOT row.rejected
),
judged AS (
    SELECT place,
           bool_or(parent_rejected) AS parent_rejected,
           bool_or(coalesce(NOT parent_rejected AND listed_level >= %(level)s, false)
                   OR coalesce(standing_level >= %(level)s, false)) AS not_above
    FROM placed
    GROUP BY place
    HAVING NOT bool_or(coalesce(NOT parent_rejected AND listed_level < %(level)s, false)
                       OR coalesce(standing_level < %(level)s, false))
)
UPDATE list_row AS row
SET rejected = true
FROM judged
WHERE row.ctid = judged.place
RETURNING row.level, row.file, row.line, row.parent, row.name, coalesce(judged.parent_rejected, false),
          coalesce(judged.not_above, false);
