-- Where each place belongs on the other day. Most stand then too and nothing was taken from or added to them in between;
-- only the others are worth the walk along successions.
INSERT INTO translate_heir (area_id, heir_id, share)
WITH asked AS MATERIALIZED (SELECT DISTINCT area_id FROM translate_code WHERE area_id IS NOT NULL),
went_on AS MATERIALIZED (
    SELECT asked.area_id
    FROM asked
    JOIN villages_areaversion AS version ON version.area_id = asked.area_id AND version.valid @> %(until)s::date
    WHERE asked.area_id NOT IN (
        SELECT old_id FROM villages_succession WHERE effective > %(day)s::date AND effective <= %(until)s::date
    )
      AND asked.area_id NOT IN (
        SELECT new_id FROM villages_succession WHERE effective > %(until)s::date AND effective <= %(day)s::date
    )
)
SELECT area_id, area_id, 1::numeric FROM went_on
UNION ALL
SELECT heir.origin, heir.area_id, round(heir.share, 9)
FROM (
    SELECT array_agg(asked.area_id) AS areas, array_agg(%(day)s::date) AS days
    FROM asked
    WHERE NOT EXISTS (SELECT FROM went_on WHERE went_on.area_id = asked.area_id)
) AS others
CROSS JOIN LATERAL villages_heirs(others.areas, others.days, %(until)s::date) AS heir;
ANALYZE translate_heir;
