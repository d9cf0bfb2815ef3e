-- Reject codes that stand twice: when all rows agree the first is taken, otherwise none, for nobody knows which is right.
WITH repeated AS (
    SELECT code, min((file::bigint << 32) + line) AS first,
           count(DISTINCT (level, name, parent)) > 1 AS differing
    FROM list_row
    WHERE NOT rejected
    GROUP BY code
    HAVING count(*) > 1
)
UPDATE list_row AS row
SET rejected = true
FROM repeated
WHERE row.code = repeated.code
  AND NOT row.rejected
  AND (repeated.differing OR (row.file::bigint << 32) + row.line > repeated.first)
RETURNING row.level, row.file, row.line, row.code, row.name, repeated.differing,
          (repeated.first >> 32)::int, (repeated.first & 4294967295)::int;
