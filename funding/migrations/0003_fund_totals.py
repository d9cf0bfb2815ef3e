"""Totals of the ledger are kept, and whatever makes them stale is marked: entries, and changes of where places stand."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Whose money counts elsewhere when places change: their own, that of places which they succeeded or which ended in them.
# And where it counted until now: in the places themselves, and in the counties that they were of.
FUNCTIONS = """
CREATE FUNCTION funding_mark_places_dirty(places bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF places IS NULL OR places = '{}' OR NOT EXISTS (SELECT FROM funding_allocation) THEN
        RETURN;
    END IF;
    IF cardinality(places) > 2000 THEN
        INSERT INTO funding_dirtyfunds (year, at) SELECT year, clock_timestamp() FROM funding_fundyear;
        RETURN;
    END IF;
    INSERT INTO funding_dirtyfunds (year, area_id, at)
    WITH RECURSIVE kin (area_id) AS (
        SELECT unnest(places)
        UNION
        SELECT nearer.area_id
        FROM kin
        CROSS JOIN LATERAL (
            SELECT s.old_id AS area_id FROM villages_succession s WHERE s.new_id = kin.area_id
            UNION ALL
            SELECT s.new_id FROM villages_succession s WHERE s.old_id = kin.area_id
            UNION ALL
            SELECT a.id FROM villages_area a WHERE a.parent_id = kin.area_id AND a.ended_on IS NOT NULL
        ) AS nearer
        WHERE nearer.area_id IS NOT NULL
    )
    SELECT a.year, a.area_id, clock_timestamp() FROM kin JOIN funding_allocation a ON a.area_id = kin.area_id
    UNION
    SELECT y.year, kin.area_id, clock_timestamp()
    FROM kin CROSS JOIN funding_fundyear y
    WHERE EXISTS (
        SELECT FROM funding_fundrollup t
        WHERE t.year = y.year AND t.basis IN ('recorded', 'current') AND t.area_id = kin.area_id
    );
END $$;

CREATE FUNCTION funding_follow_placements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM funding_mark_places_dirty(array_agg(DISTINCT place.id))
    FROM changed_rows p CROSS JOIN LATERAL (VALUES (p.area_id), (p.county_id)) AS place (id)
    WHERE place.id IS NOT NULL;
    RETURN NULL;
END $$;

-- Shares of a succession decide too where money counts, also where nobody moves.
CREATE FUNCTION funding_follow_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM funding_mark_places_dirty(array_agg(touched.area_id))
    FROM (
        SELECT row.area_id FROM changed_rows c JOIN villages_changedarea row ON row.change_id = c.id
        WHERE c.state <> 'draft' AND row.area_id IS NOT NULL
        UNION
        SELECT place.id FROM changed_rows c JOIN villages_succession follow ON follow.change_id = c.id
        CROSS JOIN LATERAL (VALUES (follow.old_id), (follow.new_id)) AS place (id)
        WHERE c.state <> 'draft' AND place.id IS NOT NULL
    ) AS touched;
    RETURN NULL;
END $$;

CREATE TRIGGER funds_follow_insert AFTER INSERT ON villages_placement REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION funding_follow_placements();
CREATE TRIGGER funds_follow_update_old AFTER UPDATE ON villages_placement REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION funding_follow_placements();
CREATE TRIGGER funds_follow_update_new AFTER UPDATE ON villages_placement REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION funding_follow_placements();
CREATE TRIGGER funds_follow_delete AFTER DELETE ON villages_placement REFERENCING OLD TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION funding_follow_placements();
CREATE TRIGGER funds_follow_change AFTER UPDATE ON villages_boundarychange REFERENCING NEW TABLE AS changed_rows
FOR EACH STATEMENT EXECUTE FUNCTION funding_follow_changes();
"""

# Of a ledger that was there before its totals were kept.
MARK_ALL = "INSERT INTO funding_dirtyfunds (year, at) SELECT DISTINCT year, now() FROM funding_allocation;"

DROP = """
DROP TRIGGER funds_follow_insert ON villages_placement;
DROP TRIGGER funds_follow_update_old ON villages_placement;
DROP TRIGGER funds_follow_update_new ON villages_placement;
DROP TRIGGER funds_follow_delete ON villages_placement;
DROP TRIGGER funds_follow_change ON villages_boundarychange;
DROP FUNCTION funding_follow_changes();
DROP FUNCTION funding_follow_placements();
DROP FUNCTION funding_mark_places_dirty(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0002_partners"),
        ("villages", "0005_told_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirtyFunds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.SmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("held", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "verbose_name": "stale fund total",
                "verbose_name_plural": "stale fund totals",
            },
        ),
        migrations.CreateModel(
            name="FundRollup",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "year",
                        "basis",
                        "area_id",
                        "source_id",
                        "programme",
                        "level",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("year", models.SmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="funding.fundsource",
                    ),
                ),
                ("basis", models.CharField(max_length=10)),
                (
                    "area_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "nation"),
                            (1, "province"),
                            (2, "prefecture"),
                            (3, "county"),
                            (4, "township"),
                            (5, "village"),
                        ]
                    ),
                ),
                ("programme", models.CharField(max_length=40)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "nation"),
                            (1, "province"),
                            (2, "prefecture"),
                            (3, "county"),
                            (4, "township"),
                            (5, "village"),
                        ]
                    ),
                ),
                ("received", models.DecimalField(decimal_places=2, max_digits=26)),
                ("passed_on", models.DecimalField(decimal_places=2, max_digits=26)),
                ("disbursed", models.DecimalField(decimal_places=2, max_digits=26)),
                ("returned", models.DecimalField(decimal_places=2, max_digits=26)),
                ("spent", models.DecimalField(decimal_places=2, max_digits=26)),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "fund total",
                "verbose_name_plural": "fund totals",
            },
        ),
        migrations.CreateModel(
            name="FundYear",
            fields=[
                ("year", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("rebuilt_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "year of funds",
                "verbose_name_plural": "years of funds",
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="c_dirty",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO funding_dirtyfunds (year, area_id, at)\n        SELECT DISTINCT year, CASE WHEN places <= 1000 THEN area_id END, clock_timestamp()\n        FROM (SELECT *, count(*) OVER (PARTITION BY year) AS places FROM (SELECT a.year, a.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id UNION SELECT p.year, p.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id JOIN funding_allocation p ON p.id = a.parent_id) AS touched) AS counted;\n         RETURN NULL;",
                    hash="3254313b631ce51285506e622b9bc059d19acfb6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_c_dirty_cbec0",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="funding_adjustment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="c_dirty",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO funding_dirtyfunds (year, area_id, at)\n        SELECT DISTINCT year, CASE WHEN places <= 1000 THEN area_id END, clock_timestamp()\n        FROM (SELECT *, count(*) OVER (PARTITION BY year) AS places FROM (SELECT year, area_id FROM new_rows UNION SELECT p.year, p.area_id FROM new_rows n JOIN funding_allocation p ON p.id = n.parent_id) AS touched) AS counted;\n         RETURN NULL;",
                    hash="3799f0252aec57a49286d5d83a68f0d40bf4a969",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_c_dirty_24a53",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="funding_allocation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="c_dirty",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO funding_dirtyfunds (year, area_id, at)\n        SELECT DISTINCT year, CASE WHEN places <= 1000 THEN area_id END, clock_timestamp()\n        FROM (SELECT *, count(*) OVER (PARTITION BY year) AS places FROM (SELECT DISTINCT a.year, a.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id) AS touched) AS counted;\n         RETURN NULL;",
                    hash="7829a4a799eac90a6b95754ae39e8f78bc952193",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_c_dirty_a80ae",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="funding_payment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="fundrollup",
            index=models.Index(fields=["year", "basis", "area_level", "parent"], name="funding_fundrollup_parts"),
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
        migrations.RunSQL(MARK_ALL, migrations.RunSQL.noop),
    ]
