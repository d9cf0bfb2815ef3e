"""The ledger of funds: its tables, and the rules that the database keeps."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import funding.models.entry
from povtrack.lib.migrations import Together

# What all rules of the ledger ask: the view that computes what an allocation holds, and the functions around it. A rule
# that is broken is told to the caller as the violation of a constraint of that name, with its numbers as JSON.
FUNCTIONS = """
CREATE VIEW funding_balance AS
SELECT a.id AS allocation_id, h.allocated, h.passed_on, h.allocated - h.passed_on AS resting,
       p.disbursed, p.returned, p.spent,
       h.allocated - h.passed_on - p.disbursed + p.returned AS available,
       p.disbursed - p.returned - p.spent AS unspent
FROM funding_allocation a
CROSS JOIN LATERAL (
    SELECT a.amount + coalesce((SELECT sum(j.amount) FROM funding_adjustment j WHERE j.allocation_id = a.id), 0)
               AS allocated,
           coalesce((SELECT sum(c.amount) FROM funding_allocation c WHERE c.parent_id = a.id), 0)
               + coalesce((SELECT sum(j.amount) FROM funding_allocation c
                           JOIN funding_adjustment j ON j.allocation_id = c.id WHERE c.parent_id = a.id), 0)
               AS passed_on
    OFFSET 0
) AS h
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount) FILTER (WHERE p.kind = 'disbursed'), 0) AS disbursed,
           coalesce(sum(p.amount) FILTER (WHERE p.kind = 'returned'), 0) AS returned,
           coalesce(sum(p.amount) FILTER (WHERE p.kind = 'spent'), 0) AS spent
    FROM funding_payment p WHERE p.allocation_id = a.id
) AS p;

CREATE FUNCTION funding_refuse(name text, numbers jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = name, ERRCODE = 'check_violation', CONSTRAINT = name, DETAIL = numbers::text;
END $$;

-- Whoever adds entries to an allocation at the same time waits here for the other, and then sees what the other added.
-- That needs a fresh look at each statement; under a stricter isolation both would see the old entries.
CREATE FUNCTION funding_require_balance(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the ledger is written at READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM FROM funding_allocation WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    PERFORM funding_refuse('funding_balance_kept', found.numbers)
    FROM (
        SELECT to_jsonb(b) AS numbers FROM funding_balance b
        WHERE b.allocation_id = ANY(ids) AND (b.available < 0 OR b.unspent < 0)
        ORDER BY b.allocation_id LIMIT 1
    ) AS found;
END $$;

CREATE FUNCTION funding_stood(area bigint, in_year integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM villages_placement p WHERE p.area_id = area AND p.valid @> make_date(in_year, 12, 31)
    )
$$;

-- Whether an area lay below another, at any depth, at the end of a year. Provinces lie below their parent, the nation.
CREATE FUNCTION funding_lies_below(area bigint, giver bigint, in_year integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT giver IS NULL OR area <> giver AND EXISTS (
        SELECT FROM villages_placement p
        LEFT JOIN villages_placement top ON top.area_id = p.province_id AND top.valid @> make_date(in_year, 12, 31)
        WHERE p.area_id = area AND p.valid @> make_date(in_year, 12, 31)
          AND giver IN (p.parent_id, p.township_id, p.county_id, p.prefecture_id, p.province_id, top.parent_id)
    )
$$;
"""

DROP = """
DROP VIEW funding_balance;
DROP FUNCTION funding_require_balance(bigint[]), funding_refuse(text, jsonb);
DROP FUNCTION funding_stood(bigint, integer), funding_lies_below(bigint, bigint, integer);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("villages", "0005_told_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Allocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "programme",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="programme"),
                        ),
                        (
                            "amount",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="amount (yuan)"),
                        ),
                        ("currency", models.CharField(blank=True, default="", max_length=3, verbose_name="currency")),
                        (
                            "currency_amount",
                            funding.models.entry.Amount(
                                blank=True,
                                decimal_places=2,
                                max_digits=18,
                                null=True,
                                verbose_name="amount in that currency",
                            ),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                blank=True,
                                decimal_places=8,
                                help_text="Yuan for one unit.",
                                max_digits=18,
                                null=True,
                                verbose_name="rate",
                            ),
                        ),
                        ("document_no", models.CharField(max_length=80, verbose_name="document number")),
                        ("document_date", models.DateField(verbose_name="document date")),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="recipient",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="funding.allocation",
                                verbose_name="passed down from",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "allocation",
                        "verbose_name_plural": "allocations",
                    },
                ),
                migrations.CreateModel(
                    name="Balance",
                    fields=[
                        (
                            "allocation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="balance",
                                serialize=False,
                                to="funding.allocation",
                            ),
                        ),
                        (
                            "allocated",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="allocated"),
                        ),
                        (
                            "passed_on",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="passed on"),
                        ),
                        (
                            "resting",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="resting"),
                        ),
                        (
                            "disbursed",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="disbursed"),
                        ),
                        (
                            "returned",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="returned"),
                        ),
                        ("spent", funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="spent")),
                        (
                            "available",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="available"),
                        ),
                        (
                            "unspent",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="unspent"),
                        ),
                    ],
                    options={
                        "verbose_name": "balance",
                        "verbose_name_plural": "balances",
                        "db_table": "funding_balance",
                        "managed": False,
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("content_type", models.CharField(max_length=100)),
                        ("content", models.BinaryField()),
                        ("size", models.PositiveIntegerField(verbose_name="size")),
                        ("sha256", models.CharField(max_length=64)),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "allocation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="funding.allocation",
                                verbose_name="allocation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                    },
                ),
                migrations.CreateModel(
                    name="FundSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("name_latin", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("budget", "budget"),
                                    ("work_relief", "work relief"),
                                    ("discount", "interest discount"),
                                    ("foreign", "foreign funds"),
                                    ("partner", "partner"),
                                    ("social", "donations"),
                                    ("self_raised", "raised by villagers"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "tier",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "nation"),
                                    (1, "province"),
                                    (2, "prefecture"),
                                    (3, "county"),
                                    (4, "township"),
                                    (5, "village"),
                                ],
                                verbose_name="tier",
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day on nothing new is entered from it.",
                                null=True,
                                verbose_name="closed on",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fund source",
                        "verbose_name_plural": "fund sources",
                        "ordering": ["tier", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", ""), _negated=True), models.Q(("name", ""), _negated=True)
                                ),
                                name="funding_fundsource_has_code_and_name",
                                violation_error_message="A source needs a code and a name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tier__in", [0, 1, 2, 3, 4, 5])),
                                name="funding_fundsource_tier_known",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="allocation",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funding.fundsource",
                verbose_name="fund source",
            ),
        ),
        Together(
            [
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disbursed", "disbursed"),
                                    ("spent", "spent"),
                                    ("returned", "given back unspent"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "amount",
                            funding.models.entry.Amount(decimal_places=2, max_digits=18, verbose_name="amount (yuan)"),
                        ),
                        ("paid_on", models.DateField(verbose_name="day")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="document number"),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        (
                            "allocation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="funding.allocation",
                                verbose_name="allocation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="funding.payment",
                                verbose_name="takes back",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment",
                        "verbose_name_plural": "payments",
                    },
                ),
                migrations.CreateModel(
                    name="Adjustment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("adjusted", "adjusted"), ("withdrawn", "withdrawn")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "amount",
                            funding.models.entry.Amount(
                                decimal_places=2,
                                help_text="Below zero where money is taken away.",
                                max_digits=18,
                                verbose_name="amount (yuan)",
                            ),
                        ),
                        ("document_no", models.CharField(max_length=80, verbose_name="document number")),
                        ("document_date", models.DateField(verbose_name="document date")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        (
                            "allocation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="funding.allocation",
                                verbose_name="allocation",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adjustment",
                        "verbose_name_plural": "adjustments",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "allocation"), name="funding_adjustment_once_by_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "adjusted"), models.Q(("amount", 0), _negated=True)),
                                    models.Q(("amount__lt", 0), ("kind", "withdrawn")),
                                    _connector="OR",
                                ),
                                name="funding_adjustment_does_something",
                                violation_error_message="An adjustment is not zero, and a withdrawal takes money away.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("document_no", ""), _negated=True),
                                ),
                                name="funding_adjustment_explained",
                                violation_error_message="An adjustment needs a document number and a reason.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="adjustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="67b8962e2bff5903352650fbbd3974d6b6302837",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_7699a",
                            table="funding_adjustment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="b_balance",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM funding_require_balance(ARRAY(SELECT allocation_id FROM new_rows UNION SELECT a.parent_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id WHERE a.parent_id IS NOT NULL)); RETURN NULL;",
                            hash="6b65333ef804c6536adbfea83087fd16c3ea864a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_b_balance_b9721",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_adjustment",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attachment",
                    constraint=models.UniqueConstraint(
                        fields=("allocation", "sha256"),
                        name="funding_attachment_once",
                        violation_error_message="This file is attached already.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="allocation",
                    index=models.Index(fields=["area", "year"], name="funding_allocation_area"),
                ),
                migrations.AddIndex(
                    model_name="allocation",
                    index=models.Index(fields=["year", "programme"], name="funding_allocation_year"),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.UniqueConstraint(fields=("key", "area"), name="funding_allocation_once_by_key"),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="funding_allocation_positive",
                        violation_error_message="An allocation is more than zero.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="funding_allocation_year_sensible",
                        violation_error_message="The year is out of range.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("document_no", ""), _negated=True),
                        name="funding_allocation_has_document",
                        violation_error_message="An allocation needs the number of its document.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="allocation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("currency", ""), ("currency_amount", None), ("rate", None)),
                            models.Q(
                                (
                                    "amount",
                                    django.db.models.functions.math.Round(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.comparison.Cast(
                                                "currency_amount", models.DecimalField(decimal_places=8, max_digits=30)
                                            ),
                                            "*",
                                            django.db.models.functions.comparison.Cast(
                                                "rate", models.DecimalField(decimal_places=8, max_digits=30)
                                            ),
                                        ),
                                        2,
                                    ),
                                ),
                                ("currency__regex", "^[A-Z]{3}$"),
                                ("currency_amount__gt", 0),
                                ("rate__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="funding_allocation_currency_adds_up",
                        violation_error_message="The amount in yuan must be the other currency's amount times the rate.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1b347c053d4ded3a4de30a5651db0caf59bf74cf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_e00e1",
                            table="funding_allocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="a_lineage",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM funding_refuse('funding_allocation_lineage', found.broken)\n    FROM (\n        SELECT jsonb_agg(jsonb_build_object('area', n.area_id, 'rule', rule, 'got', got, 'due', due)) AS broken\n        FROM new_rows n\n        JOIN villages_area a ON a.id = n.area_id\n        JOIN funding_fundsource s ON s.id = n.source_id\n        LEFT JOIN funding_allocation p ON p.id = n.parent_id\n        LEFT JOIN funding_fundsource ps ON ps.id = p.source_id\n        CROSS JOIN LATERAL (\n            SELECT 'source' AS rule, s.code AS got, ps.code AS due WHERE s.id <> ps.id\n            UNION ALL SELECT 'year', n.year::text, p.year::text WHERE n.year <> p.year\n            UNION ALL SELECT 'programme', n.programme, p.programme WHERE p.programme NOT IN ('', n.programme)\n            UNION ALL SELECT 'tier', a.level::text, s.tier::text WHERE n.parent_id IS NULL AND a.level < s.tier\n            UNION ALL SELECT 'place', '', '' WHERE NOT funding_stood(n.area_id, n.year)\n            UNION ALL SELECT 'below', '', p.area_id::text\n            WHERE funding_stood(n.area_id, n.year) AND NOT funding_lies_below(n.area_id, p.area_id, n.year)\n        ) AS broken\n    ) AS found\n    WHERE found.broken IS NOT NULL;\n RETURN NULL;",
                            hash="da98646bc3101225d15afbf8757f4124f704f343",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_a_lineage_5d218",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="b_balance",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM funding_require_balance(ARRAY(SELECT DISTINCT parent_id FROM new_rows WHERE parent_id IS NOT NULL)); RETURN NULL;",
                            hash="251a0ee6948a8c9fb9945521d1fb6eb02a864cdf",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_b_balance_6bd12",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payment",
                    constraint=models.UniqueConstraint(
                        fields=("key", "allocation", "kind"), name="funding_payment_once_by_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("reverses", None)),
                            models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="funding_payment_positive",
                        violation_error_message="A payment is more than zero.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4fd7fe708c7f45f4a3f0825f2b497d4502924840",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_5d3e4",
                            table="funding_payment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="a_reverses",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM funding_refuse('funding_payment_reverses', jsonb_build_object('payment', n.reverses_id))\n    FROM new_rows n JOIN funding_payment p ON p.id = n.reverses_id\n    WHERE p.reverses_id IS NOT NULL\n       OR (n.allocation_id, n.kind, n.amount) IS DISTINCT FROM (p.allocation_id, p.kind, -p.amount);\n RETURN NULL;",
                            hash="8d5c2287deb96cda67d83c96f53e799dc84f93fd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_a_reverses_bde34",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="b_balance",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="PERFORM funding_require_balance(ARRAY(SELECT DISTINCT allocation_id FROM new_rows)); RETURN NULL;",
                            hash="25875564f8fbd64740febbc22290435c1b79f557",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_b_balance_f3b77",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
    ]
