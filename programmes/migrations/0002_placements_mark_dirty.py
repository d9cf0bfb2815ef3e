"""A change of the registry makes totals stale as an edit does: whoever writes placements marks the cells they touch."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION programmes_mark_placements_dirty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO programmes_dirtycell (programme, year, county_id, at)
    SELECT DISTINCT r.programme, r.year, p.county_id, clock_timestamp()
    FROM changed_rows p JOIN programmes_round r ON p.valid @> make_date(r.year, 12, 31)
    WHERE p.county_id IS NOT NULL;
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER mark_dirty_{name} AFTER {event} ON villages_placement REFERENCING {rows} TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION programmes_mark_placements_dirty();
"""

# A trigger with transition tables takes one event; an update is seen from both sides.
TRIGGERS = [
    ("insert", "INSERT", "NEW"),
    ("update_old", "UPDATE", "OLD"),
    ("update_new", "UPDATE", "NEW"),
    ("delete", "DELETE", "OLD"),
]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("villages", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION programmes_mark_placements_dirty();"),
        *(
            migrations.RunSQL(
                TRIGGER.format(name=name, event=event, rows=rows),
                f"DROP TRIGGER mark_dirty_{name} ON villages_placement;",
            )
            for name, event, rows in TRIGGERS
        ),
    ]
