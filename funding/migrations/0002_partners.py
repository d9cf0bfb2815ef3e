"""Partners, whom they help, what came of it each year, and projects with foreign money."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import funding.models.entry
from povtrack.lib.migrations import Together

YEAR = """
CREATE FUNCTION funding_year(of_year integer) RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
    SELECT daterange(make_date(of_year, 1, 1), make_date(of_year + 1, 1, 1))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("villages", "0005_told_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(YEAR, "DROP FUNCTION funding_year(integer)"),
        Together(
            [
                migrations.CreateModel(
                    name="ForeignProject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "name_latin",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="name in Latin letters"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                help_text="Three letters, such as USD.", max_length=3, verbose_name="currency"
                            ),
                        ),
                        (
                            "currency_amount",
                            funding.models.entry.Amount(
                                decimal_places=2, max_digits=18, verbose_name="amount in that currency"
                            ),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=8, help_text="Yuan for one unit.", max_digits=18, verbose_name="rate"
                            ),
                        ),
                        (
                            "yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.math.Round(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("currency_amount"), "*", models.F("rate")
                                    ),
                                    2,
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=26),
                                verbose_name="in yuan",
                            ),
                        ),
                        (
                            "counterpart",
                            funding.models.entry.Amount(
                                blank=True,
                                decimal_places=2,
                                help_text="Of our own budgets.",
                                max_digits=18,
                                null=True,
                                verbose_name="counterpart funds (yuan)",
                            ),
                        ),
                        ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="runs")),
                        (
                            "programme",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="programme"),
                        ),
                        (
                            "people",
                            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="people benefiting"),
                        ),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="document number"),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "foreign-funded project",
                        "verbose_name_plural": "foreign-funded projects",
                    },
                ),
                migrations.CreateModel(
                    name="Pairing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="document number"),
                        ),
                        ("document_date", models.DateField(blank=True, null=True, verbose_name="document date")),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="helped area",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pairing",
                        "verbose_name_plural": "pairings",
                    },
                ),
                migrations.CreateModel(
                    name="PairingReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        ("cadres_to", models.IntegerField(blank=True, null=True)),
                        ("cadres_from", models.IntegerField(blank=True, null=True)),
                        ("aid_cash", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("aid_kind", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("introduced", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("investment", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("donations", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("enterprises", models.IntegerField(blank=True, null=True)),
                        ("trained", models.IntegerField(blank=True, null=True)),
                        ("hosted", models.IntegerField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "pairing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="funding.pairing",
                                verbose_name="pairing",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pairing report",
                        "verbose_name_plural": "pairing reports",
                    },
                ),
                migrations.CreateModel(
                    name="PairingReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        ("cadres_to", models.IntegerField(blank=True, null=True)),
                        ("cadres_from", models.IntegerField(blank=True, null=True)),
                        ("aid_cash", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("aid_kind", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("introduced", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("investment", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("donations", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("enterprises", models.IntegerField(blank=True, null=True)),
                        ("trained", models.IntegerField(blank=True, null=True)),
                        ("hosted", models.IntegerField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "pairing",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.pairing",
                                verbose_name="pairing",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.pairingreport",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("central_unit", "central unit"),
                                    ("party", "party committee"),
                                    ("federation", "federation"),
                                    ("military", "military"),
                                    ("eastern", "eastern province or city"),
                                    ("enterprise", "enterprise"),
                                    ("foundation", "foundation"),
                                    ("society", "other social organisation"),
                                    ("foreign", "foreign donor"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "name_latin",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="name in Latin letters"
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        (
                            "version",
                            models.PositiveIntegerField(
                                db_default=1, default=1, editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                help_text="Only of a province or city that helps.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="its own area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner",
                        "verbose_name_plural": "partners",
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PairingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
                        (
                            "document_no",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="document number"),
                        ),
                        ("document_date", models.DateField(blank=True, null=True, verbose_name="document date")),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="helped area",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.pairing",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="pairing",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pairings",
                to="funding.partner",
                verbose_name="partner",
            ),
        ),
        migrations.CreateModel(
            name="ForeignProjectEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_latin",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="name in Latin letters"),
                ),
                (
                    "currency",
                    models.CharField(help_text="Three letters, such as USD.", max_length=3, verbose_name="currency"),
                ),
                (
                    "currency_amount",
                    funding.models.entry.Amount(
                        decimal_places=2, max_digits=18, verbose_name="amount in that currency"
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=8, help_text="Yuan for one unit.", max_digits=18, verbose_name="rate"
                    ),
                ),
                (
                    "yuan",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                models.F("currency_amount"), "*", models.F("rate")
                            ),
                            2,
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=26),
                        verbose_name="in yuan",
                    ),
                ),
                (
                    "counterpart",
                    funding.models.entry.Amount(
                        blank=True,
                        decimal_places=2,
                        help_text="Of our own budgets.",
                        max_digits=18,
                        null=True,
                        verbose_name="counterpart funds (yuan)",
                    ),
                ),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="runs")),
                ("programme", models.CharField(blank=True, default="", max_length=40, verbose_name="programme")),
                ("people", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="people benefiting")),
                (
                    "document_no",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="document number"),
                ),
                ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="funding.foreignproject",
                    ),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.partner",
                        verbose_name="donor",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="foreignproject",
            name="donor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="funding.partner",
                verbose_name="donor",
            ),
        ),
        Together(
            [
                migrations.CreateModel(
                    name="PartnerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("central_unit", "central unit"),
                                    ("party", "party committee"),
                                    ("federation", "federation"),
                                    ("military", "military"),
                                    ("eastern", "eastern province or city"),
                                    ("enterprise", "enterprise"),
                                    ("foundation", "foundation"),
                                    ("society", "other social organisation"),
                                    ("foreign", "foreign donor"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "name_latin",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="name in Latin letters"
                            ),
                        ),
                        ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="note")),
                        (
                            "version",
                            models.PositiveIntegerField(
                                db_default=1, default=1, editable=False, verbose_name="version"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Only of a province or city that helps.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="its own area",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProjectAllocation",
                    fields=[
                        (
                            "allocation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="of_project",
                                serialize=False,
                                to="funding.allocation",
                                verbose_name="allocation",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="funding.foreignproject",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "allocation of a project",
                        "verbose_name_plural": "allocations of projects",
                    },
                ),
                migrations.CreateModel(
                    name="ProjectCounty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counties",
                                to="funding.foreignproject",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "county of a project",
                        "verbose_name_plural": "counties of projects",
                    },
                ),
                migrations.CreateModel(
                    name="ProjectCountyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="county",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="funding.projectcounty",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="funding.foreignproject",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="pairingreport",
                    index=models.Index(fields=["year", "pairing"], name="funding_pairingreport_year"),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.UniqueConstraint(
                        fields=("pairing", "year"),
                        name="funding_pairingreport_once",
                        violation_error_message="There is a report of this pairing and year already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="funding_pairingreport_year_sensible",
                        violation_error_message="The year is out of range.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("cadres_to__isnull", True), ("cadres_to__gte", 0), _connector="OR"),
                        name="funding_pairingreport_cadres_to_not_negative",
                        violation_error_message="“cadres_to” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("cadres_from__isnull", True), ("cadres_from__gte", 0), _connector="OR"),
                        name="funding_pairingreport_cadres_from_not_negative",
                        violation_error_message="“cadres_from” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("aid_cash__isnull", True), ("aid_cash__gte", 0), _connector="OR"),
                        name="funding_pairingreport_aid_cash_not_negative",
                        violation_error_message="“aid_cash” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("aid_kind__isnull", True), ("aid_kind__gte", 0), _connector="OR"),
                        name="funding_pairingreport_aid_kind_not_negative",
                        violation_error_message="“aid_kind” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("introduced__isnull", True), ("introduced__gte", 0), _connector="OR"),
                        name="funding_pairingreport_introduced_not_negative",
                        violation_error_message="“introduced” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("investment__isnull", True), ("investment__gte", 0), _connector="OR"),
                        name="funding_pairingreport_investment_not_negative",
                        violation_error_message="“investment” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("donations__isnull", True), ("donations__gte", 0), _connector="OR"),
                        name="funding_pairingreport_donations_not_negative",
                        violation_error_message="“donations” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("enterprises__isnull", True), ("enterprises__gte", 0), _connector="OR"),
                        name="funding_pairingreport_enterprises_not_negative",
                        violation_error_message="“enterprises” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("trained__isnull", True), ("trained__gte", 0), _connector="OR"),
                        name="funding_pairingreport_trained_not_negative",
                        violation_error_message="“trained” can't be negative.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairingreport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("hosted__isnull", True), ("hosted__gte", 0), _connector="OR"),
                        name="funding_pairingreport_hosted_not_negative",
                        violation_error_message="“hosted” can't be negative.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairingreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="paired",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM funding_pairing WHERE id IN (SELECT pairing_id FROM new_rows) ORDER BY id FOR SHARE;\n    PERFORM funding_refuse('funding_pairingreport_' || found.rule, jsonb_build_object('year', found.year))\n    FROM (\n        SELECT n.year, CASE WHEN NOT g.valid && funding_year(n.year) THEN 'paired'\n                            WHEN NOT funding_stood(g.area_id, n.year) THEN 'placed' END AS rule\n        FROM new_rows n JOIN funding_pairing g ON g.id = n.pairing_id\n    ) AS found\n    WHERE found.rule IS NOT NULL;\n RETURN NULL;",
                            hash="4a51a40e8b66764091bdbc087bdf19675dfc46db",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_paired_e28e0",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_pairingreport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairingreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays_of_its_year",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."pairing_id" IS DISTINCT FROM (NEW."pairing_id") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="47e70e0c88b1bbb80aeaeb77c3b58c75452f2228",
                            operation="UPDATE",
                            pgid="pgtrigger_stays_of_its_year_a65ac",
                            table="funding_pairingreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairingreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_pairingreportevent" ("aid_cash", "aid_kind", "cadres_from", "cadres_to", "donations", "entered_at", "entered_by_id", "enterprises", "hosted", "id", "introduced", "investment", "note", "pairing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trained", "version", "year") SELECT old_values."aid_cash", old_values."aid_kind", old_values."cadres_from", old_values."cadres_to", old_values."donations", old_values."entered_at", old_values."entered_by_id", old_values."enterprises", old_values."hosted", old_values."id", old_values."introduced", old_values."investment", old_values."note", old_values."pairing_id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."trained", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f23774e976de84714c3ebe3d683a97673539da9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_69b79",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_pairingreport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairingreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_pairingreportevent" ("aid_cash", "aid_kind", "cadres_from", "cadres_to", "donations", "entered_at", "entered_by_id", "enterprises", "hosted", "id", "introduced", "investment", "note", "pairing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "trained", "version", "year") SELECT old_values."aid_cash", old_values."aid_kind", old_values."cadres_from", old_values."cadres_to", old_values."donations", old_values."entered_at", old_values."entered_by_id", old_values."enterprises", old_values."hosted", old_values."id", old_values."introduced", old_values."investment", old_values."note", old_values."pairing_id", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."trained", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6909c46f67e064f26aed6c5a4ff707df76dcbde9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_499d7",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_pairingreport",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="partner",
                    index=models.Index(fields=["kind", "name"], name="funding_partner_kind"),
                ),
                migrations.AddConstraint(
                    model_name="partner",
                    constraint=models.UniqueConstraint(
                        fields=("name",),
                        name="funding_partner_once",
                        violation_error_message="There is a partner of this name already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partner",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="funding_partner_has_name",
                        violation_error_message="A partner needs a name.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partner",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("area", None), ("kind", "eastern"), _connector="OR"),
                        name="funding_partner_area_of_eastern",
                        violation_error_message="Only a province or city that helps has an area of its own.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partner",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_partnerevent" ("area_id", "id", "kind", "name", "name_latin", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."area_id", old_values."id", old_values."kind", old_values."name", old_values."name_latin", old_values."note", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="90c454b808545c320ef09e932d33083b86656562",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_a23a2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partner",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_partnerevent" ("area_id", "id", "kind", "name", "name_latin", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."area_id", old_values."id", old_values."kind", old_values."name", old_values."name_latin", old_values."note", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="24113b8cb0b140c8195b092e4bf26abf05cf0eb8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_90a20",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="pairing",
                    index=models.Index(
                        models.F("area"), django.db.models.functions.text.Lower("valid"), name="funding_pairing_area"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairing",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("partner", "="), ("area", "="), ("valid", "&&")],
                        name="funding_pairing_once_at_a_time",
                        violation_error_message="This partner helps this area in part of these dates already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False), ("valid__lower_inf", False)),
                        name="funding_pairing_begins",
                        violation_error_message="A pairing has a first day, and ends after it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_reports",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM funding_refuse('funding_pairing_reported', jsonb_build_object('year', r.year))\n    FROM funding_pairingreport r\n    WHERE r.pairing_id = NEW.id AND NOT NEW.valid && funding_year(r.year)\n    ORDER BY r.year LIMIT 1;\n    RETURN NEW;\n",
                            hash="5ae5fd7cc1a94856b3d541780d2a6b49325f3776",
                            operation='UPDATE OF "valid"',
                            pgid="pgtrigger_keeps_reports_e52bf",
                            table="funding_pairing",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_pairingevent" ("area_id", "document_date", "document_no", "entered_at", "entered_by_id", "id", "note", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid", "version") SELECT old_values."area_id", old_values."document_date", old_values."document_no", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."note", old_values."partner_id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."valid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="eaafd5caf1a70e53885f671b8205e4dea9c781b6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_aeca3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_pairing",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pairing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_pairingevent" ("area_id", "document_date", "document_no", "entered_at", "entered_by_id", "id", "note", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid", "version") SELECT old_values."area_id", old_values."document_date", old_values."document_no", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."note", old_values."partner_id", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."valid", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e05f1045e23beb6ccfe3279e0a68daa8134d3fbf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_6adfa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_pairing",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignproject",
                    constraint=models.UniqueConstraint(
                        fields=("donor", "name"),
                        name="funding_project_once",
                        violation_error_message="There is a project of this donor and name already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignproject",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="funding_project_has_name",
                        violation_error_message="A project needs a name.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignproject",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="funding_project_currency",
                        violation_error_message="A currency is three capital letters, such as USD.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignproject",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("currency_amount__gt", 0),
                            ("rate__gt", 0),
                            models.Q(("counterpart", None), ("counterpart__gte", 0), _connector="OR"),
                        ),
                        name="funding_project_amounts",
                        violation_error_message="Amount and rate are more than zero, counterpart funds zero or more.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="foreignproject",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False), ("valid__lower_inf", False)),
                        name="funding_project_begins",
                        violation_error_message="A project has a first day, and ends after it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="foreignproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_foreignprojectevent" ("counterpart", "currency", "currency_amount", "document_no", "donor_id", "entered_at", "entered_by_id", "id", "name", "name_latin", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "rate", "valid", "version") SELECT old_values."counterpart", old_values."currency", old_values."currency_amount", old_values."document_no", old_values."donor_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."name", old_values."name_latin", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."programme", old_values."rate", old_values."valid", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fa7880010438629b1e57202f05b1625d864f15c4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_09622",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_foreignproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="foreignproject",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_foreignprojectevent" ("counterpart", "currency", "currency_amount", "document_no", "donor_id", "entered_at", "entered_by_id", "id", "name", "name_latin", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "rate", "valid", "version") SELECT old_values."counterpart", old_values."currency", old_values."currency_amount", old_values."document_no", old_values."donor_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."name", old_values."name_latin", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."programme", old_values."rate", old_values."valid", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0adbdcd1160cdeaede9f15b10f7bdd261cd670e8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_a60dd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_foreignproject",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectallocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="aae227aa193ae8ff070c5a368a6a43501573f67c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_6cc02",
                            table="funding_projectallocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="projectcounty",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("project", "="), ("area", "="), ("valid", "&&")],
                        name="funding_projectcounty_once_at_a_time",
                        violation_error_message="The project covers this county in part of these dates already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="projectcounty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False), ("valid__lower_inf", False)),
                        name="funding_projectcounty_begins",
                        violation_error_message="A county is covered from a first day, and until a later one.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectcounty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_projectcountyevent" ("area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "valid") SELECT old_values."area_id", old_values."id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."project_id", old_values."valid" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b26b38ba454a7b449a6116d55ed434b35e12cf92",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_76e99",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_projectcounty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="projectcounty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_projectcountyevent" ("area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "valid") SELECT old_values."area_id", old_values."id", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."project_id", old_values."valid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9aacd197425e67c9ed76c1f5fbb52898f913b22",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_01ddd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_projectcounty",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
