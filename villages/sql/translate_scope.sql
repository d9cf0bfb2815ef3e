-- Forget what is not the reader's: a place is, when it lies within their areas or one that it leads to does.
WITH reached AS (
    SELECT area_id, area_id AS place_id FROM translate_code WHERE area_id IS NOT NULL
    UNION
    SELECT area_id, heir_id FROM translate_heir
),
seen AS (
    SELECT reached.area_id
    FROM reached
    JOIN villages_area AS area ON area.id = reached.place_id
    WHERE area.path LIKE ANY (%(paths)s::text[])
)
UPDATE translate_code
SET version_id = NULL, area_id = NULL
WHERE area_id IS NOT NULL AND area_id NOT IN (SELECT area_id FROM seen);
-- Without it the next step would take the codes left without a place for few, and look each up by itself.
ANALYZE translate_code;
