-- Match what is left of one level where a word stands once on either side in the same place.
WITH one_row AS (
    SELECT {place} AS place, {word} AS word, min(code) AS code
    FROM list_open
    WHERE {place} IS NOT NULL AND {word} IS NOT NULL
    GROUP BY 1, 2
    HAVING count(*) = 1
),
one_old AS (
    SELECT {place} AS place, {word} AS word, min(area_id) AS area_id
    FROM list_lost
    WHERE {place} IS NOT NULL AND {word} IS NOT NULL
    GROUP BY 1, 2
    HAVING count(*) = 1
),
paired AS (
    INSERT INTO list_pair (code, area_id, evidence)
    SELECT one_row.code, one_old.area_id, %(evidence)s
    FROM one_row
    JOIN one_old USING (place, word)
    RETURNING code, area_id
),
closed AS (
    DELETE FROM list_open USING paired WHERE list_open.code = paired.code
)
DELETE FROM list_lost USING paired WHERE list_lost.area_id = paired.area_id;
