"""Records of ended places are looked for only where there are records.

A whole newer list ends hundreds of thousands of places in one change. Walking from all of them to their kin took longer
than everything else, also where no programme had a record yet. Now nothing is walked without records; and for a change
that wide the records that outlived their place are asked for instead, which are few, and all of them seated anew.
"""

from django.db import migrations

# Every table of records is named so; see RecordBase in programmes/models/base.py.
FUNCTIONS = """
CREATE FUNCTION programmes_filled_record_tables() RETURNS SETOF name LANGUAGE plpgsql STABLE AS $$
DECLARE
    records name;
    filled boolean;
BEGIN
    FOR records IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'programmes\\_%record'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', records) INTO filled;
        IF filled THEN
            RETURN NEXT records;
        END IF;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION programmes_seat_records_of_ended(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    tables name[] := ARRAY(SELECT programmes_filled_record_tables());
    -- Seating a record that sits well already changes nothing, so more may be looked at than the change is about.
    wide boolean := cardinality(changed) > 10000;
    records name;
    ended bigint[];
BEGIN
    IF tables = '{}' OR changed IS NULL OR changed = '{}' THEN
        RETURN;
    END IF;
    IF NOT wide THEN
        -- Whose figures may follow a place that changed: places that it succeeded, and places that ended in it.
        WITH RECURSIVE kin (area_id) AS (
            SELECT unnest(changed)
            UNION
            SELECT nearer.area_id
            FROM kin
            CROSS JOIN LATERAL (
                SELECT s.old_id AS area_id FROM villages_succession s
                WHERE s.new_id = kin.area_id AND s.effective IS NOT NULL
                UNION ALL
                SELECT a.id FROM villages_area a WHERE a.parent_id = kin.area_id AND a.ended_on IS NOT NULL
            ) AS nearer
        )
        SELECT coalesce(array_agg(a.id), '{}') INTO ended
        FROM kin JOIN villages_area a ON a.id = kin.area_id WHERE a.ended_on IS NOT NULL;
    END IF;
    FOREACH records IN ARRAY tables LOOP
        IF wide THEN
            EXECUTE format(
                'SELECT coalesce(array_agg(DISTINCT a.id), ''{}'') FROM %I r JOIN villages_area a ON a.id = r.area_id '
                'WHERE a.ended_on IS NOT NULL AND make_date(r.year, 12, 31) >= a.ended_on', records)
            INTO ended;
        END IF;
        CONTINUE WHEN ended = '{}';
        EXECUTE format(
            'WITH late AS ('
            '    SELECT r.year, array_agg(r.area_id) AS areas, array_agg(make_date(r.year, 12, 31)) AS days '
            '    FROM unnest($1) AS e (id) JOIN villages_area a ON a.id = e.id '
            '    JOIN %1$I r ON r.area_id = a.id AND make_date(r.year, 12, 31) >= a.ended_on '
            '    GROUP BY r.year'
            '), heir AS ('
            '    SELECT DISTINCT ON (late.year, h.origin) late.year, h.origin, p.county_id, p.township_id '
            '    FROM late CROSS JOIN LATERAL villages_heirs(late.areas, late.days, make_date(late.year, 12, 31)) h '
            '    JOIN villages_placement p ON p.area_id = h.area_id AND p.valid @> make_date(late.year, 12, 31) '
            '    ORDER BY late.year, h.origin, h.share DESC, h.area_id'
            ') '
            'UPDATE %1$I r SET county_id = heir.county_id, township_id = heir.township_id FROM heir '
            'WHERE r.area_id = heir.origin AND r.year = heir.year AND heir.county_id IS NOT NULL '
            'AND (r.county_id, r.township_id) IS DISTINCT FROM (heir.county_id, heir.township_id)', records)
        USING ended;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION programmes_records_follow_placements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tables name[] := ARRAY(SELECT programmes_filled_record_tables());
    records name;
BEGIN
    IF tables = '{}' THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        FOREACH records IN ARRAY tables LOOP
            EXECUTE format(
                'UPDATE %I r SET county_id = p.county_id, township_id = p.township_id FROM changed_rows p '
                'WHERE p.area_id = r.area_id AND p.county_id IS NOT NULL AND p.valid @> make_date(r.year, 12, 31) '
                'AND (r.county_id, r.township_id) IS DISTINCT FROM (p.county_id, p.township_id)', records);
        END LOOP;
    END IF;
    PERFORM programmes_seat_records_of_ended((SELECT array_agg(DISTINCT area_id) FROM changed_rows));
    RETURN NULL;
END $$;

-- Shares of a succession decide too who the greatest heir is, also where nobody moves.
CREATE OR REPLACE FUNCTION programmes_records_follow_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT programmes_filled_record_tables()) THEN
        RETURN NULL;
    END IF;
    PERFORM programmes_seat_records_of_ended(array_agg(touched.area_id))
    FROM (
        SELECT row.area_id FROM changed_rows c JOIN villages_changedarea row ON row.change_id = c.id
        WHERE c.state <> 'draft' AND row.area_id IS NOT NULL
        UNION
        SELECT follow.old_id FROM changed_rows c JOIN villages_succession follow ON follow.change_id = c.id
        WHERE c.state <> 'draft'
    ) AS touched;
    RETURN NULL;
END $$;
"""

# As 0004 wrote them.
BEFORE = """
CREATE OR REPLACE FUNCTION programmes_seat_records_of_ended(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    records text;
    ended bigint[];
BEGIN
    -- Whose figures may follow a place that changed: places that it succeeded, and places that ended in it.
    WITH RECURSIVE kin (area_id) AS (
        SELECT unnest(changed)
        UNION
        SELECT nearer.area_id
        FROM kin
        CROSS JOIN LATERAL (
            SELECT s.old_id AS area_id FROM villages_succession s
            WHERE s.new_id = kin.area_id AND s.effective IS NOT NULL
            UNION ALL
            SELECT a.id FROM villages_area a WHERE a.parent_id = kin.area_id AND a.ended_on IS NOT NULL
        ) AS nearer
    )
    SELECT coalesce(array_agg(a.id), '{}') INTO ended
    FROM kin JOIN villages_area a ON a.id = kin.area_id WHERE a.ended_on IS NOT NULL;
    IF ended = '{}' THEN
        RETURN;
    END IF;
    FOR records IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'programmes\\_%record'
    LOOP
        EXECUTE format(
            'WITH late AS ('
            '    SELECT r.year, array_agg(r.area_id) AS areas, array_agg(make_date(r.year, 12, 31)) AS days '
            '    FROM unnest($1) AS e (id) JOIN villages_area a ON a.id = e.id '
            '    JOIN %1$I r ON r.area_id = a.id AND make_date(r.year, 12, 31) >= a.ended_on '
            '    GROUP BY r.year'
            '), heir AS ('
            '    SELECT DISTINCT ON (late.year, h.origin) late.year, h.origin, p.county_id, p.township_id '
            '    FROM late CROSS JOIN LATERAL villages_heirs(late.areas, late.days, make_date(late.year, 12, 31)) h '
            '    JOIN villages_placement p ON p.area_id = h.area_id AND p.valid @> make_date(late.year, 12, 31) '
            '    ORDER BY late.year, h.origin, h.share DESC, h.area_id'
            ') '
            'UPDATE %1$I r SET county_id = heir.county_id, township_id = heir.township_id FROM heir '
            'WHERE r.area_id = heir.origin AND r.year = heir.year AND heir.county_id IS NOT NULL '
            'AND (r.county_id, r.township_id) IS DISTINCT FROM (heir.county_id, heir.township_id)', records)
        USING ended;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION programmes_records_follow_placements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    records text;
    filled boolean := false;
    any_filled boolean := false;
BEGIN
    FOR records IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'programmes\\_%record'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', records) INTO filled;
        CONTINUE WHEN NOT filled;
        any_filled := true;
        CONTINUE WHEN TG_OP = 'DELETE';
        EXECUTE format(
            'UPDATE %I r SET county_id = p.county_id, township_id = p.township_id FROM changed_rows p '
            'WHERE p.area_id = r.area_id AND p.county_id IS NOT NULL AND p.valid @> make_date(r.year, 12, 31) '
            'AND (r.county_id, r.township_id) IS DISTINCT FROM (p.county_id, p.township_id)', records);
    END LOOP;
    IF any_filled THEN
        PERFORM programmes_seat_records_of_ended((SELECT array_agg(DISTINCT area_id) FROM changed_rows));
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION programmes_records_follow_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM programmes_seat_records_of_ended(array_agg(touched.area_id))
    FROM (
        SELECT row.area_id FROM changed_rows c JOIN villages_changedarea row ON row.change_id = c.id
        WHERE c.state <> 'draft' AND row.area_id IS NOT NULL
        UNION
        SELECT follow.old_id FROM changed_rows c JOIN villages_succession follow ON follow.change_id = c.id
        WHERE c.state <> 'draft'
    ) AS touched;
    RETURN NULL;
END $$;

DROP FUNCTION programmes_filled_record_tables();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_indicator_history")]

    operations = [migrations.RunSQL(FUNCTIONS, BEFORE)]
