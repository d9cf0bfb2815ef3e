"""A change of the registry is carried into the records and their totals by the database itself.

Whoever writes placements marks the cells they touch. And a record's county and township are those of its area at the end
of its year: when a placement changes, the records follow, and their own triggers mark both the old cell and the new.
"""

from django.db import migrations

# Every table of records is named so; see RecordBase in programmes/models/base.py.
FUNCTIONS = """
CREATE FUNCTION programmes_mark_placements_dirty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO programmes_dirtycell (programme, year, county_id, at)
    SELECT DISTINCT r.programme, r.year, p.county_id, clock_timestamp()
    FROM changed_rows p JOIN programmes_round r ON p.valid @> make_date(r.year, 12, 31)
    WHERE p.county_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION programmes_records_follow_placements() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""

DROP = """
DROP FUNCTION programmes_mark_placements_dirty();
DROP FUNCTION programmes_records_follow_placements();
"""

TRIGGER = """
CREATE TRIGGER {name} AFTER {event} ON villages_placement REFERENCING {rows} TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""

# A trigger with transition tables takes one event; an update is seen from both sides.
TRIGGERS = [
    ("mark_dirty_insert", "INSERT", "NEW", "programmes_mark_placements_dirty"),
    ("mark_dirty_update_old", "UPDATE", "OLD", "programmes_mark_placements_dirty"),
    ("mark_dirty_update_new", "UPDATE", "NEW", "programmes_mark_placements_dirty"),
    ("mark_dirty_delete", "DELETE", "OLD", "programmes_mark_placements_dirty"),
    ("records_follow_insert", "INSERT", "NEW", "programmes_records_follow_placements"),
    ("records_follow_update", "UPDATE", "NEW", "programmes_records_follow_placements"),
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("villages", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *(
            migrations.RunSQL(
                TRIGGER.format(name=name, event=event, rows=rows, function=function),
                f"DROP TRIGGER {name} ON villages_placement;",
            )
            for name, event, rows, function in TRIGGERS
        ),
    ]
