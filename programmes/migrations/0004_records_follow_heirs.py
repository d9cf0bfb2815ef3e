"""Totals on today's boundaries become stale with the placements they rest on; and records outlive their places.

A record of a place that ended before the end of its year sits where the place's territory lay on that day: with the
heir that took the greatest part. When a placement changes, so may the seat of the records of all that ended in it.
"""

from django.db import migrations

# Every table of records is named so; see RecordBase in programmes/models/base.py.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION programmes_mark_placements_dirty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO programmes_dirtycell (programme, year, county_id, at)
    SELECT DISTINCT r.programme, r.year, p.county_id, clock_timestamp()
    FROM changed_rows p JOIN programmes_round r ON p.valid @> make_date(r.year, 12, 31)
    WHERE p.county_id IS NOT NULL;
    -- Where a county lies today decides where its totals of every year are summed on today's boundaries.
    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)
    SELECT DISTINCT r.programme, r.year, p.area_id, 'current', clock_timestamp()
    FROM changed_rows p CROSS JOIN programmes_round r
    WHERE p.level = 3 AND upper_inf(p.valid);
    RETURN NULL;
END $$;

CREATE FUNCTION programmes_mark_current_dirty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)
    SELECT DISTINCT r.programme, r.year, p.county_id, 'current', clock_timestamp()
    FROM (SELECT DISTINCT county_id, valid FROM changed_rows WHERE county_id IS NOT NULL) AS p
    JOIN programmes_round r ON p.valid @> make_date(r.year, 12, 31);
    RETURN NULL;
END $$;

CREATE FUNCTION programmes_seat_records_of_ended(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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

-- Shares of a succession decide too who the greatest heir is, also where nobody moves.
CREATE FUNCTION programmes_records_follow_changes() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER records_follow_change AFTER UPDATE ON villages_boundarychange REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_records_follow_changes();

CREATE TRIGGER records_follow_delete AFTER DELETE ON villages_placement REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_records_follow_placements();

CREATE TRIGGER mark_dirty_insert AFTER INSERT ON villages_currentplacement REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_mark_current_dirty();
CREATE TRIGGER mark_dirty_update_old AFTER UPDATE ON villages_currentplacement REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_mark_current_dirty();
CREATE TRIGGER mark_dirty_update_new AFTER UPDATE ON villages_currentplacement REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_mark_current_dirty();
CREATE TRIGGER mark_dirty_delete AFTER DELETE ON villages_currentplacement REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_mark_current_dirty();
"""

# What was summed before knows nothing of today's boundaries.
MARK_ALL = """
INSERT INTO programmes_dirtycell (programme, year, county_id, at)
SELECT r.programme, r.year, p.area_id, clock_timestamp()
FROM programmes_round r JOIN villages_placement p ON p.level = 3 AND p.valid @> make_date(r.year, 12, 31);
"""

DROP = """
DROP TRIGGER mark_dirty_delete ON villages_currentplacement;
DROP TRIGGER mark_dirty_update_new ON villages_currentplacement;
DROP TRIGGER mark_dirty_update_old ON villages_currentplacement;
DROP TRIGGER mark_dirty_insert ON villages_currentplacement;
DROP TRIGGER records_follow_delete ON villages_placement;
DROP TRIGGER records_follow_change ON villages_boundarychange;
DROP FUNCTION programmes_records_follow_changes();
DROP FUNCTION programmes_mark_current_dirty();

CREATE OR REPLACE FUNCTION programmes_records_follow_placements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    records text;
BEGIN
    FOR records IN
        SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'programmes\\_%record'
    LOOP
        EXECUTE format(
            'UPDATE %I r SET county_id = p.county_id, township_id = p.township_id FROM changed_rows p '
            'WHERE p.area_id = r.area_id AND p.county_id IS NOT NULL AND p.valid @> make_date(r.year, 12, 31) '
            'AND (r.county_id, r.township_id) IS DISTINCT FROM (p.county_id, p.township_id)', records);
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION programmes_mark_placements_dirty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO programmes_dirtycell (programme, year, county_id, at)
    SELECT DISTINCT r.programme, r.year, p.county_id, clock_timestamp()
    FROM changed_rows p JOIN programmes_round r ON p.valid @> make_date(r.year, 12, 31)
    WHERE p.county_id IS NOT NULL;
    RETURN NULL;
END $$;

DROP FUNCTION programmes_seat_records_of_ended(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_today_as_basis"), ("villages", "0003_heirs")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(MARK_ALL, migrations.RunSQL.noop),
    ]
