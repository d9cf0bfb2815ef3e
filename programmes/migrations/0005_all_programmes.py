import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import povtrack.lib.migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0004_records_follow_heirs"),
        ("villages", "0004_finding_places"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="dewrecord",
            name="changed_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="dewrecord",
            name="deleted_delete",
        ),
        migrations.RemoveConstraint(
            model_name="dewrecord",
            name="dewrecord_once_a_year",
        ),
        migrations.RemoveConstraint(
            model_name="dewrecord",
            name="dewrecord_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="dewrollup",
            name="dewrollup_grain",
        ),
        migrations.AddField(
            model_name="dewrecord",
            name="breakdown",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="dewrecord",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
        ),
        migrations.AddField(
            model_name="dewrecord",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AddField(
            model_name="dewrecord",
            name="sent_key",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="dewrecordevent",
            name="breakdown",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="dewrecordevent",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
        ),
        migrations.AddField(
            model_name="dewrecordevent",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AddField(
            model_name="dewrecordevent",
            name="sent_key",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="dewrollup",
            name="breakdown",
            field=models.CharField(db_default="", default="", max_length=20),
        ),
        migrations.AlterField(
            model_name="dewrecord",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("confirmed", "confirmed"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="dewrecordevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "submitted"),
                    ("confirmed", "confirmed"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dewrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_dewrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "id", "minority", "nil", "note", "pay_after", "pay_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "subsidy", "township_id", "trained", "version", "vocational", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."pay_after", old_values."pay_before", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."placed", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."subsidy", old_values."township_id", old_values."trained", old_values."version", old_values."vocational", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b95e8eea1c1dc199498f322b328663213e90bd23",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_bdca2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="programmes_dewrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dewrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="deleted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_dewrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "id", "minority", "nil", "note", "pay_after", "pay_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "subsidy", "township_id", "trained", "version", "vocational", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."pay_after", old_values."pay_before", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."placed", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."subsidy", old_values."township_id", old_values."trained", old_values."version", old_values."vocational", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="345ea2c9c5cd70b91ebbdb8f009cc25dac141d24",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_deleted_delete_46dd5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="programmes_dewrecord",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrecord",
            constraint=models.UniqueConstraint(
                fields=("area", "year", "breakdown"),
                name="dewrecord_once_a_year",
                violation_error_message="This place already has a record for this year.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("breakdown__in", [""])), name="dewrecord_breakdown_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])),
                name="dewrecord_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="dewrecord_confirmed_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="dewrecord_confirmed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="dewrollup",
            constraint=models.UniqueConstraint(fields=("area", "year", "basis", "breakdown"), name="dewrollup_grain"),
        ),
        povtrack.lib.migrations.Together(
            operations=[
                migrations.CreateModel(
                    name="AgritechRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("trained", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("used_on", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Agricultural technology",
                        "verbose_name_plural": "Agricultural technology",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="agritechrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("trained__isnull", True), ("trained__gte", 0), _connector="OR"),
                                name="agritechrecord_trained_not_negative",
                                violation_error_message="“People trained” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("women__isnull", True), ("women__gte", 0), _connector="OR"),
                                name="agritechrecord_women_not_negative",
                                violation_error_message="“of which women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="agritechrecord_households_not_negative",
                                violation_error_message="“Households using it” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("used_on__isnull", True), ("used_on__gte", 0), _connector="OR"),
                                name="agritechrecord_used_on_not_negative",
                                violation_error_message="“Area” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="agritechrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("women__isnull", True),
                                    models.Q(("trained__isnull", False), ("women__lte", models.F("trained"))),
                                    _connector="OR",
                                ),
                                name="agritechrecord_women_within_trained",
                                violation_error_message="“of which women” can't be more than “People trained”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="agritechrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("breakdown__in", ["strains", "methods", "livestock", "machinery", "biogas"])
                                ),
                                name="agritechrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="agritechrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="agritechrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("households__isnull", True),
                                        ("spent__isnull", True),
                                        ("trained__isnull", True),
                                        ("used_on__isnull", True),
                                        ("women__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agritechrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agritechrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agritechrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agritechrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="agritechrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="agritechrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="agritechrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgritechRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("trained", models.BigIntegerField(null=True)),
                        ("trained_filled", models.BigIntegerField(null=True)),
                        ("women", models.BigIntegerField(null=True)),
                        ("women_filled", models.BigIntegerField(null=True)),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("used_on", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("used_on_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("trained_approved", models.BigIntegerField(null=True)),
                        ("trained_filled_approved", models.BigIntegerField(null=True)),
                        ("women_approved", models.BigIntegerField(null=True)),
                        ("women_filled_approved", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("used_on_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("used_on_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Agricultural technology, roll-up",
                        "verbose_name_plural": "Agricultural technology, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="agritechrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="agritechrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EcologyRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("treated", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Ecology",
                        "verbose_name_plural": "Ecology",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="ecologyrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("treated__isnull", True), ("treated__gte", 0), _connector="OR"),
                                name="ecologyrecord_treated_not_negative",
                                violation_error_message="“Area treated” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="ecologyrecord_households_not_negative",
                                violation_error_message="“Households taking part” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="ecologyrecord_people_not_negative",
                                violation_error_message="“People taking part” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="ecologyrecord_allowance_not_negative",
                                violation_error_message="“Allowances paid” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="ecologyrecord_spent_not_negative",
                                violation_error_message="“Spent on works” can't be negative.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="ecologyrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("breakdown__in", ["forest", "grassland", "stony", "erosion", "sand"])
                                ),
                                name="ecologyrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="ecologyrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="ecologyrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("households__isnull", True),
                                        ("people__isnull", True),
                                        ("spent__isnull", True),
                                        ("treated__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="ecologyrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EcologyRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("treated", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("treated_filled", models.BigIntegerField(null=True)),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("treated_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("treated_filled_approved", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Ecology, roll-up",
                        "verbose_name_plural": "Ecology, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="ecologyrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="ecologyrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EducationRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("students", models.IntegerField(blank=True, null=True)),
                        ("girls", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("primary", models.IntegerField(blank=True, null=True)),
                        ("junior", models.IntegerField(blank=True, null=True)),
                        ("senior", models.IntegerField(blank=True, null=True)),
                        ("vocational", models.IntegerField(blank=True, null=True)),
                        ("college", models.IntegerField(blank=True, null=True)),
                        ("boarding", models.IntegerField(blank=True, null=True)),
                        ("subsidy", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Education aid",
                        "verbose_name_plural": "Education aid",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="educationrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("students__isnull", True), ("students__gte", 0), _connector="OR"),
                                name="educationrecord_students_not_negative",
                                violation_error_message="“Students supported” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("girls__isnull", True), ("girls__gte", 0), _connector="OR"),
                                name="educationrecord_girls_not_negative",
                                violation_error_message="“of which girls” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minority__isnull", True), ("minority__gte", 0), _connector="OR"),
                                name="educationrecord_minority_not_negative",
                                violation_error_message="“of which minority” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("disabled__isnull", True), ("disabled__gte", 0), _connector="OR"),
                                name="educationrecord_disabled_not_negative",
                                violation_error_message="“of which disabled” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("primary__isnull", True), ("primary__gte", 0), _connector="OR"),
                                name="educationrecord_primary_not_negative",
                                violation_error_message="“at primary school” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("junior__isnull", True), ("junior__gte", 0), _connector="OR"),
                                name="educationrecord_junior_not_negative",
                                violation_error_message="“at junior middle school” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("senior__isnull", True), ("senior__gte", 0), _connector="OR"),
                                name="educationrecord_senior_not_negative",
                                violation_error_message="“at senior middle school” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vocational__isnull", True), ("vocational__gte", 0), _connector="OR"
                                ),
                                name="educationrecord_vocational_not_negative",
                                violation_error_message="“at vocational school” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("college__isnull", True), ("college__gte", 0), _connector="OR"),
                                name="educationrecord_college_not_negative",
                                violation_error_message="“at college or university” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("boarding__isnull", True), ("boarding__gte", 0), _connector="OR"),
                                name="educationrecord_boarding_not_negative",
                                violation_error_message="“Boarders with allowance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("subsidy__isnull", True), ("subsidy__gte", 0), _connector="OR"),
                                name="educationrecord_subsidy_not_negative",
                                violation_error_message="“Subsidy” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("girls__isnull", True),
                                    models.Q(("girls__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_girls_within_students",
                                violation_error_message="“of which girls” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minority__isnull", True),
                                    models.Q(("minority__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_minority_within_students",
                                violation_error_message="“of which minority” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disabled__isnull", True),
                                    models.Q(("disabled__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_disabled_within_students",
                                violation_error_message="“of which disabled” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("primary__isnull", True),
                                    models.Q(("primary__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_primary_within_students",
                                violation_error_message="“at primary school” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("junior__isnull", True),
                                    models.Q(("junior__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_junior_within_students",
                                violation_error_message="“at junior middle school” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("senior__isnull", True),
                                    models.Q(("senior__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_senior_within_students",
                                violation_error_message="“at senior middle school” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vocational__isnull", True),
                                    models.Q(("students__isnull", False), ("vocational__lte", models.F("students"))),
                                    _connector="OR",
                                ),
                                name="educationrecord_vocational_within_students",
                                violation_error_message="“at vocational school” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("college__isnull", True),
                                    models.Q(("college__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_college_within_students",
                                violation_error_message="“at college or university” can't be more than “Students supported”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("boarding__isnull", True),
                                    models.Q(("boarding__lte", models.F("students")), ("students__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_boarding_within_students",
                                violation_error_message="“Boarders with allowance” can't be more than “Students supported”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="educationrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", [""])), name="educationrecord_breakdown_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="educationrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="educationrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("boarding__isnull", True),
                                        ("college__isnull", True),
                                        ("disabled__isnull", True),
                                        ("girls__isnull", True),
                                        ("junior__isnull", True),
                                        ("minority__isnull", True),
                                        ("primary__isnull", True),
                                        ("senior__isnull", True),
                                        ("students__isnull", True),
                                        ("subsidy__isnull", True),
                                        ("vocational__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="educationrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="educationrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="educationrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="educationrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="educationrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EducationRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("students", models.BigIntegerField(null=True)),
                        ("students_filled", models.BigIntegerField(null=True)),
                        ("girls", models.BigIntegerField(null=True)),
                        ("girls_filled", models.BigIntegerField(null=True)),
                        ("minority", models.BigIntegerField(null=True)),
                        ("minority_filled", models.BigIntegerField(null=True)),
                        ("disabled", models.BigIntegerField(null=True)),
                        ("disabled_filled", models.BigIntegerField(null=True)),
                        ("primary", models.BigIntegerField(null=True)),
                        ("primary_filled", models.BigIntegerField(null=True)),
                        ("junior", models.BigIntegerField(null=True)),
                        ("junior_filled", models.BigIntegerField(null=True)),
                        ("senior", models.BigIntegerField(null=True)),
                        ("senior_filled", models.BigIntegerField(null=True)),
                        ("vocational", models.BigIntegerField(null=True)),
                        ("vocational_filled", models.BigIntegerField(null=True)),
                        ("college", models.BigIntegerField(null=True)),
                        ("college_filled", models.BigIntegerField(null=True)),
                        ("boarding", models.BigIntegerField(null=True)),
                        ("boarding_filled", models.BigIntegerField(null=True)),
                        ("subsidy", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("subsidy_filled", models.BigIntegerField(null=True)),
                        ("students_approved", models.BigIntegerField(null=True)),
                        ("students_filled_approved", models.BigIntegerField(null=True)),
                        ("girls_approved", models.BigIntegerField(null=True)),
                        ("girls_filled_approved", models.BigIntegerField(null=True)),
                        ("minority_approved", models.BigIntegerField(null=True)),
                        ("minority_filled_approved", models.BigIntegerField(null=True)),
                        ("disabled_approved", models.BigIntegerField(null=True)),
                        ("disabled_filled_approved", models.BigIntegerField(null=True)),
                        ("primary_approved", models.BigIntegerField(null=True)),
                        ("primary_filled_approved", models.BigIntegerField(null=True)),
                        ("junior_approved", models.BigIntegerField(null=True)),
                        ("junior_filled_approved", models.BigIntegerField(null=True)),
                        ("senior_approved", models.BigIntegerField(null=True)),
                        ("senior_filled_approved", models.BigIntegerField(null=True)),
                        ("vocational_approved", models.BigIntegerField(null=True)),
                        ("vocational_filled_approved", models.BigIntegerField(null=True)),
                        ("college_approved", models.BigIntegerField(null=True)),
                        ("college_filled_approved", models.BigIntegerField(null=True)),
                        ("boarding_approved", models.BigIntegerField(null=True)),
                        ("boarding_filled_approved", models.BigIntegerField(null=True)),
                        ("subsidy_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("subsidy_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Education aid, roll-up",
                        "verbose_name_plural": "Education aid, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="educationrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="educationrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("programme", models.CharField(max_length=40, verbose_name="programme")),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "until",
                            models.DateField(
                                help_text="The last day on which records can be entered.", verbose_name="until"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
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
                        "verbose_name": "extension",
                        "verbose_name_plural": "extensions",
                        "indexes": [
                            models.Index(fields=["programme", "year", "until"], name="programmes_extension_running")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="programmes_extension_has_reason",
                                violation_error_message="Say why the round goes on.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HousingRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("five_guarantees", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("floor", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Housing renovation",
                        "verbose_name_plural": "Housing renovation",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="housingrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="housingrecord_households_not_negative",
                                violation_error_message="“Households helped” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("five_guarantees__isnull", True), ("five_guarantees__gte", 0), _connector="OR"
                                ),
                                name="housingrecord_five_guarantees_not_negative",
                                violation_error_message="“of which without support” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("disabled__isnull", True), ("disabled__gte", 0), _connector="OR"),
                                name="housingrecord_disabled_not_negative",
                                violation_error_message="“of which with a disabled person” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="housingrecord_people_not_negative",
                                violation_error_message="“People” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("floor__isnull", True), ("floor__gte", 0), _connector="OR"),
                                name="housingrecord_floor_not_negative",
                                violation_error_message="“Floor space” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="housingrecord_allowance_not_negative",
                                violation_error_message="“State allowance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="housingrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("five_guarantees__isnull", True),
                                    models.Q(
                                        ("five_guarantees__lte", models.F("households")), ("households__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="housingrecord_five_guarantees_within_households",
                                violation_error_message="“of which without support” can't be more than “Households helped”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disabled__isnull", True),
                                    models.Q(("disabled__lte", models.F("households")), ("households__isnull", False)),
                                    _connector="OR",
                                ),
                                name="housingrecord_disabled_within_households",
                                violation_error_message="“of which with a disabled person” can't be more than “Households helped”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allowance__isnull", True),
                                    models.Q(("allowance__lte", models.F("spent")), ("spent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="housingrecord_allowance_within_spent",
                                violation_error_message="“State allowance” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="housingrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", ["rebuild", "repair", "energy"])),
                                name="housingrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="housingrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="housingrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("disabled__isnull", True),
                                        ("five_guarantees__isnull", True),
                                        ("floor__isnull", True),
                                        ("households__isnull", True),
                                        ("people__isnull", True),
                                        ("spent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="housingrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="housingrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="housingrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="housingrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="housingrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="housingrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="housingrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HousingRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("five_guarantees", models.BigIntegerField(null=True)),
                        ("five_guarantees_filled", models.BigIntegerField(null=True)),
                        ("disabled", models.BigIntegerField(null=True)),
                        ("disabled_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("floor", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("floor_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("five_guarantees_approved", models.BigIntegerField(null=True)),
                        ("five_guarantees_filled_approved", models.BigIntegerField(null=True)),
                        ("disabled_approved", models.BigIntegerField(null=True)),
                        ("disabled_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("floor_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("floor_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Housing renovation, roll-up",
                        "verbose_name_plural": "Housing renovation, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="housingrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="housingrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("border", "Border areas"),
                                    ("small-peoples", "Peoples with small populations"),
                                    ("disease", "Areas of endemic disease"),
                                    ("desertification", "Stony desertification"),
                                    ("quake", "Rebuilding after earthquakes"),
                                    ("old-bases", "Old revolutionary bases"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="theme",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("unit", models.CharField(max_length=40, verbose_name="unit")),
                        ("definition", models.CharField(blank=True, max_length=500, verbose_name="definition")),
                        (
                            "is_asked",
                            models.BooleanField(
                                default=True, help_text="Take the mark off to ask no more.", verbose_name="asked for"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                help_text="Only counties in this area count it; blank: all that have pilots of the theme.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pilot indicator",
                        "verbose_name_plural": "pilot indicators",
                        "ordering": ("theme", "name"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("theme", "area", "name"),
                                name="programmes_indicator_once",
                                nulls_distinct=False,
                                violation_error_message="There is such an indicator already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndustryRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("poor_households", models.IntegerField(blank=True, null=True)),
                        ("planted", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("livestock", models.IntegerField(blank=True, null=True)),
                        ("cooperatives", models.IntegerField(blank=True, null=True)),
                        ("output", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Industry development",
                        "verbose_name_plural": "Industry development",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="industryrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="industryrecord_households_not_negative",
                                violation_error_message="“Households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_households__isnull", True), ("poor_households__gte", 0), _connector="OR"
                                ),
                                name="industryrecord_poor_households_not_negative",
                                violation_error_message="“of which poor” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("planted__isnull", True), ("planted__gte", 0), _connector="OR"),
                                name="industryrecord_planted_not_negative",
                                violation_error_message="“Area” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("livestock__isnull", True), ("livestock__gte", 0), _connector="OR"),
                                name="industryrecord_livestock_not_negative",
                                violation_error_message="“Livestock” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cooperatives__isnull", True), ("cooperatives__gte", 0), _connector="OR"
                                ),
                                name="industryrecord_cooperatives_not_negative",
                                violation_error_message="“Cooperatives” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("output__isnull", True), ("output__gte", 0), _connector="OR"),
                                name="industryrecord_output_not_negative",
                                violation_error_message="“Output value” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="industryrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_households__isnull", True),
                                    models.Q(
                                        ("households__isnull", False), ("poor_households__lte", models.F("households"))
                                    ),
                                    _connector="OR",
                                ),
                                name="industryrecord_poor_households_within_households",
                                violation_error_message="“of which poor” can't be more than “Households”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="industryrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "breakdown__in",
                                        [
                                            "grain",
                                            "fruit",
                                            "cash",
                                            "forest",
                                            "livestock",
                                            "fish",
                                            "processing",
                                            "tourism",
                                            "other",
                                        ],
                                    )
                                ),
                                name="industryrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="industryrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="industryrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("cooperatives__isnull", True),
                                        ("households__isnull", True),
                                        ("livestock__isnull", True),
                                        ("output__isnull", True),
                                        ("planted__isnull", True),
                                        ("poor_households__isnull", True),
                                        ("spent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="industryrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="industryrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="industryrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="industryrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="industryrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="industryrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="industryrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndustryRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("poor_households", models.BigIntegerField(null=True)),
                        ("poor_households_filled", models.BigIntegerField(null=True)),
                        ("planted", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("planted_filled", models.BigIntegerField(null=True)),
                        ("livestock", models.BigIntegerField(null=True)),
                        ("livestock_filled", models.BigIntegerField(null=True)),
                        ("cooperatives", models.BigIntegerField(null=True)),
                        ("cooperatives_filled", models.BigIntegerField(null=True)),
                        ("output", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("output_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("poor_households_approved", models.BigIntegerField(null=True)),
                        ("poor_households_filled_approved", models.BigIntegerField(null=True)),
                        ("planted_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("planted_filled_approved", models.BigIntegerField(null=True)),
                        ("livestock_approved", models.BigIntegerField(null=True)),
                        ("livestock_filled_approved", models.BigIntegerField(null=True)),
                        ("cooperatives_approved", models.BigIntegerField(null=True)),
                        ("cooperatives_filled_approved", models.BigIntegerField(null=True)),
                        ("output_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("output_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Industry development, roll-up",
                        "verbose_name_plural": "Industry development, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="industryrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="industryrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LoanRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("loans", models.IntegerField(blank=True, null=True)),
                        ("loans_women", models.IntegerField(blank=True, null=True)),
                        ("loaned", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loaned_women", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "loaned_households",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        (
                            "loaned_enterprises",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        ("discount", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("overdue", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Interest-discount loans",
                        "verbose_name_plural": "Interest-discount loans",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="loanrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("loans__isnull", True), ("loans__gte", 0), _connector="OR"),
                                name="loanrecord_loans_not_negative",
                                violation_error_message="“Loans granted” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loans_women__isnull", True), ("loans_women__gte", 0), _connector="OR"
                                ),
                                name="loanrecord_loans_women_not_negative",
                                violation_error_message="“of which to women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loaned__isnull", True), ("loaned__gte", 0), _connector="OR"),
                                name="loanrecord_loaned_not_negative",
                                violation_error_message="“Amount granted” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_women__isnull", True), ("loaned_women__gte", 0), _connector="OR"
                                ),
                                name="loanrecord_loaned_women_not_negative",
                                violation_error_message="“of which to women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_households__isnull", True), ("loaned_households__gte", 0), _connector="OR"
                                ),
                                name="loanrecord_loaned_households_not_negative",
                                violation_error_message="“of which to households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_enterprises__isnull", True),
                                    ("loaned_enterprises__gte", 0),
                                    _connector="OR",
                                ),
                                name="loanrecord_loaned_enterprises_not_negative",
                                violation_error_message="“of which to enterprises” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("discount__isnull", True), ("discount__gte", 0), _connector="OR"),
                                name="loanrecord_discount_not_negative",
                                violation_error_message="“Discount funds” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("overdue__isnull", True), ("overdue__gte", 0), _connector="OR"),
                                name="loanrecord_overdue_not_negative",
                                violation_error_message="“Overdue” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loans_women__isnull", True),
                                    models.Q(("loans__isnull", False), ("loans_women__lte", models.F("loans"))),
                                    _connector="OR",
                                ),
                                name="loanrecord_loans_women_within_loans",
                                violation_error_message="“of which to women” can't be more than “Loans granted”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_women__isnull", True),
                                    models.Q(("loaned__isnull", False), ("loaned_women__lte", models.F("loaned"))),
                                    _connector="OR",
                                ),
                                name="loanrecord_loaned_women_within_loaned",
                                violation_error_message="“of which to women” can't be more than “Amount granted”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_households__isnull", True),
                                    models.Q(("loaned__isnull", False), ("loaned_households__lte", models.F("loaned"))),
                                    _connector="OR",
                                ),
                                name="loanrecord_loaned_households_within_loaned",
                                violation_error_message="“of which to households” can't be more than “Amount granted”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_enterprises__isnull", True),
                                    models.Q(
                                        ("loaned__isnull", False), ("loaned_enterprises__lte", models.F("loaned"))
                                    ),
                                    _connector="OR",
                                ),
                                name="loanrecord_loaned_enterprises_within_loaned",
                                violation_error_message="“of which to enterprises” can't be more than “Amount granted”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="loanrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", [""])), name="loanrecord_breakdown_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="loanrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="loanrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("discount__isnull", True),
                                        ("loaned__isnull", True),
                                        ("loaned_enterprises__isnull", True),
                                        ("loaned_households__isnull", True),
                                        ("loaned_women__isnull", True),
                                        ("loans__isnull", True),
                                        ("loans_women__isnull", True),
                                        ("overdue__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="loanrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="loanrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="loanrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="loanrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="loanrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="loanrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="loanrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LoanRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("loans", models.BigIntegerField(null=True)),
                        ("loans_filled", models.BigIntegerField(null=True)),
                        ("loans_women", models.BigIntegerField(null=True)),
                        ("loans_women_filled", models.BigIntegerField(null=True)),
                        ("loaned", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_filled", models.BigIntegerField(null=True)),
                        ("loaned_women", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_women_filled", models.BigIntegerField(null=True)),
                        ("loaned_households", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_households_filled", models.BigIntegerField(null=True)),
                        ("loaned_enterprises", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_enterprises_filled", models.BigIntegerField(null=True)),
                        ("discount", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("discount_filled", models.BigIntegerField(null=True)),
                        ("overdue", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("overdue_filled", models.BigIntegerField(null=True)),
                        ("loans_approved", models.BigIntegerField(null=True)),
                        ("loans_filled_approved", models.BigIntegerField(null=True)),
                        ("loans_women_approved", models.BigIntegerField(null=True)),
                        ("loans_women_filled_approved", models.BigIntegerField(null=True)),
                        ("loaned_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_filled_approved", models.BigIntegerField(null=True)),
                        ("loaned_women_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_women_filled_approved", models.BigIntegerField(null=True)),
                        ("loaned_households_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_households_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "loaned_enterprises_approved",
                            models.DecimalField(decimal_places=2, max_digits=24, null=True),
                        ),
                        ("loaned_enterprises_filled_approved", models.BigIntegerField(null=True)),
                        ("discount_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("discount_filled_approved", models.BigIntegerField(null=True)),
                        ("overdue_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("overdue_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Interest-discount loans, roll-up",
                        "verbose_name_plural": "Interest-discount loans, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="loanrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="loanrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MutualFundRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("opening", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("grant", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("contributions", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("donations", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("income", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("repaid", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loans", models.IntegerField(blank=True, null=True)),
                        ("loans_women", models.IntegerField(blank=True, null=True)),
                        ("loaned", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loaned_women", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("expenses", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("closing", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("overdue", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("members", models.IntegerField(blank=True, null=True)),
                        ("poor_members", models.IntegerField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Village mutual fund",
                        "verbose_name_plural": "Village mutual fund",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="mutualfundrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("opening__isnull", True), ("opening__gte", 0), _connector="OR"),
                                name="mutualfundrecord_opening_not_negative",
                                violation_error_message="“Opening balance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grant__isnull", True), ("grant__gte", 0), _connector="OR"),
                                name="mutualfundrecord_grant_not_negative",
                                violation_error_message="“State grant” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contributions__isnull", True), ("contributions__gte", 0), _connector="OR"
                                ),
                                name="mutualfundrecord_contributions_not_negative",
                                violation_error_message="“Members' contributions” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("donations__isnull", True), ("donations__gte", 0), _connector="OR"),
                                name="mutualfundrecord_donations_not_negative",
                                violation_error_message="“Donations” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("income__isnull", True), ("income__gte", 0), _connector="OR"),
                                name="mutualfundrecord_income_not_negative",
                                violation_error_message="“Interest and other income” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("repaid__isnull", True), ("repaid__gte", 0), _connector="OR"),
                                name="mutualfundrecord_repaid_not_negative",
                                violation_error_message="“Loans repaid” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loans__isnull", True), ("loans__gte", 0), _connector="OR"),
                                name="mutualfundrecord_loans_not_negative",
                                violation_error_message="“Loans issued” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loans_women__isnull", True), ("loans_women__gte", 0), _connector="OR"
                                ),
                                name="mutualfundrecord_loans_women_not_negative",
                                violation_error_message="“of which to women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loaned__isnull", True), ("loaned__gte", 0), _connector="OR"),
                                name="mutualfundrecord_loaned_not_negative",
                                violation_error_message="“Amount lent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_women__isnull", True), ("loaned_women__gte", 0), _connector="OR"
                                ),
                                name="mutualfundrecord_loaned_women_not_negative",
                                violation_error_message="“of which to women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expenses__isnull", True), ("expenses__gte", 0), _connector="OR"),
                                name="mutualfundrecord_expenses_not_negative",
                                violation_error_message="“Expenses” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closing__isnull", True), ("closing__gte", 0), _connector="OR"),
                                name="mutualfundrecord_closing_not_negative",
                                violation_error_message="“Closing balance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("overdue__isnull", True), ("overdue__gte", 0), _connector="OR"),
                                name="mutualfundrecord_overdue_not_negative",
                                violation_error_message="“Loans overdue” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("members__isnull", True), ("members__gte", 0), _connector="OR"),
                                name="mutualfundrecord_members_not_negative",
                                violation_error_message="“Member households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_members__isnull", True), ("poor_members__gte", 0), _connector="OR"
                                ),
                                name="mutualfundrecord_poor_members_not_negative",
                                violation_error_message="“of which poor” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loans_women__isnull", True),
                                    models.Q(("loans__isnull", False), ("loans_women__lte", models.F("loans"))),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_loans_women_within_loans",
                                violation_error_message="“of which to women” can't be more than “Loans issued”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("loaned_women__isnull", True),
                                    models.Q(("loaned__isnull", False), ("loaned_women__lte", models.F("loaned"))),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_loaned_women_within_loaned",
                                violation_error_message="“of which to women” can't be more than “Amount lent”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_members__isnull", True),
                                    models.Q(("members__isnull", False), ("poor_members__lte", models.F("members"))),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_poor_members_within_members",
                                violation_error_message="“of which poor” can't be more than “Member households”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closing__isnull", True),
                                    (
                                        "closing",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    django.db.models.functions.comparison.Coalesce(
                                                                        models.F("opening"), 0
                                                                    ),
                                                                    "+",
                                                                    django.db.models.functions.comparison.Coalesce(
                                                                        models.F("grant"), 0
                                                                    ),
                                                                ),
                                                                "+",
                                                                django.db.models.functions.comparison.Coalesce(
                                                                    models.F("contributions"), 0
                                                                ),
                                                            ),
                                                            "+",
                                                            django.db.models.functions.comparison.Coalesce(
                                                                models.F("donations"), 0
                                                            ),
                                                        ),
                                                        "+",
                                                        django.db.models.functions.comparison.Coalesce(
                                                            models.F("income"), 0
                                                        ),
                                                    ),
                                                    "+",
                                                    django.db.models.functions.comparison.Coalesce(
                                                        models.F("repaid"), 0
                                                    ),
                                                ),
                                                "-",
                                                django.db.models.functions.comparison.Coalesce(models.F("loaned"), 0),
                                            ),
                                            "-",
                                            django.db.models.functions.comparison.Coalesce(models.F("expenses"), 0),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_closing_balances",
                                violation_error_message="“Closing balance” is Opening balance, State grant, Members' contributions, Donations, Interest and other income, Loans repaid, less Amount lent, Expenses.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="mutualfundrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", [""])), name="mutualfundrecord_breakdown_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="mutualfundrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="mutualfundrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("closing__isnull", True),
                                        ("contributions__isnull", True),
                                        ("donations__isnull", True),
                                        ("expenses__isnull", True),
                                        ("grant__isnull", True),
                                        ("income__isnull", True),
                                        ("loaned__isnull", True),
                                        ("loaned_women__isnull", True),
                                        ("loans__isnull", True),
                                        ("loans_women__isnull", True),
                                        ("members__isnull", True),
                                        ("opening__isnull", True),
                                        ("overdue__isnull", True),
                                        ("poor_members__isnull", True),
                                        ("repaid__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="mutualfundrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MutualFundRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("opening", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("opening_filled", models.BigIntegerField(null=True)),
                        ("grant", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("grant_filled", models.BigIntegerField(null=True)),
                        ("contributions", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("contributions_filled", models.BigIntegerField(null=True)),
                        ("donations", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("donations_filled", models.BigIntegerField(null=True)),
                        ("income", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("income_filled", models.BigIntegerField(null=True)),
                        ("repaid", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("repaid_filled", models.BigIntegerField(null=True)),
                        ("loans", models.BigIntegerField(null=True)),
                        ("loans_filled", models.BigIntegerField(null=True)),
                        ("loans_women", models.BigIntegerField(null=True)),
                        ("loans_women_filled", models.BigIntegerField(null=True)),
                        ("loaned", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_filled", models.BigIntegerField(null=True)),
                        ("loaned_women", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_women_filled", models.BigIntegerField(null=True)),
                        ("expenses", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("expenses_filled", models.BigIntegerField(null=True)),
                        ("closing", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("closing_filled", models.BigIntegerField(null=True)),
                        ("overdue", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("overdue_filled", models.BigIntegerField(null=True)),
                        ("members", models.BigIntegerField(null=True)),
                        ("members_filled", models.BigIntegerField(null=True)),
                        ("poor_members", models.BigIntegerField(null=True)),
                        ("poor_members_filled", models.BigIntegerField(null=True)),
                        ("opening_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("opening_filled_approved", models.BigIntegerField(null=True)),
                        ("grant_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("grant_filled_approved", models.BigIntegerField(null=True)),
                        ("contributions_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("contributions_filled_approved", models.BigIntegerField(null=True)),
                        ("donations_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("donations_filled_approved", models.BigIntegerField(null=True)),
                        ("income_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("income_filled_approved", models.BigIntegerField(null=True)),
                        ("repaid_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("repaid_filled_approved", models.BigIntegerField(null=True)),
                        ("loans_approved", models.BigIntegerField(null=True)),
                        ("loans_filled_approved", models.BigIntegerField(null=True)),
                        ("loans_women_approved", models.BigIntegerField(null=True)),
                        ("loans_women_filled_approved", models.BigIntegerField(null=True)),
                        ("loaned_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_filled_approved", models.BigIntegerField(null=True)),
                        ("loaned_women_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("loaned_women_filled_approved", models.BigIntegerField(null=True)),
                        ("expenses_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("expenses_filled_approved", models.BigIntegerField(null=True)),
                        ("closing_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("closing_filled_approved", models.BigIntegerField(null=True)),
                        ("overdue_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("overdue_filled_approved", models.BigIntegerField(null=True)),
                        ("members_approved", models.BigIntegerField(null=True)),
                        ("members_filled_approved", models.BigIntegerField(null=True)),
                        ("poor_members_approved", models.BigIntegerField(null=True)),
                        ("poor_members_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Village mutual fund, roll-up",
                        "verbose_name_plural": "Village mutual fund, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="mutualfundrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="mutualfundrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("words", models.JSONField(default=dict)),
                        ("url", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification",
                        "verbose_name_plural": "notifications",
                        "indexes": [models.Index(fields=["user", "-at"], name="programmes_notification_user")],
                    },
                ),
                migrations.CreateModel(
                    name="PilotRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("projects", models.IntegerField(blank=True, null=True)),
                        ("villages", models.IntegerField(blank=True, null=True)),
                        ("budget", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Pilot projects",
                        "verbose_name_plural": "Pilot projects",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="pilotrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("projects__isnull", True), ("projects__gte", 0), _connector="OR"),
                                name="pilotrecord_projects_not_negative",
                                violation_error_message="“Projects” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("villages__isnull", True), ("villages__gte", 0), _connector="OR"),
                                name="pilotrecord_villages_not_negative",
                                violation_error_message="“Villages” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("budget__isnull", True), ("budget__gte", 0), _connector="OR"),
                                name="pilotrecord_budget_not_negative",
                                violation_error_message="“Budget” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="pilotrecord_households_not_negative",
                                violation_error_message="“Households benefiting” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="pilotrecord_people_not_negative",
                                violation_error_message="“People benefiting” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minority__isnull", True), ("minority__gte", 0), _connector="OR"),
                                name="pilotrecord_minority_not_negative",
                                violation_error_message="“of which minority” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="pilotrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minority__isnull", True),
                                    models.Q(("minority__lte", models.F("people")), ("people__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pilotrecord_minority_within_people",
                                violation_error_message="“of which minority” can't be more than “People benefiting”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="pilotrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "breakdown__in",
                                        [
                                            "border",
                                            "small-peoples",
                                            "disease",
                                            "desertification",
                                            "quake",
                                            "old-bases",
                                            "other",
                                        ],
                                    )
                                ),
                                name="pilotrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="pilotrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="pilotrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("budget__isnull", True),
                                        ("households__isnull", True),
                                        ("minority__isnull", True),
                                        ("people__isnull", True),
                                        ("projects__isnull", True),
                                        ("spent__isnull", True),
                                        ("villages__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="pilotrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pilotrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pilotrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pilotrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="pilotrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="pilotrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="pilotrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PilotRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("projects", models.BigIntegerField(null=True)),
                        ("projects_filled", models.BigIntegerField(null=True)),
                        ("villages", models.BigIntegerField(null=True)),
                        ("villages_filled", models.BigIntegerField(null=True)),
                        ("budget", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("budget_filled", models.BigIntegerField(null=True)),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("minority", models.BigIntegerField(null=True)),
                        ("minority_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("projects_approved", models.BigIntegerField(null=True)),
                        ("projects_filled_approved", models.BigIntegerField(null=True)),
                        ("villages_approved", models.BigIntegerField(null=True)),
                        ("villages_filled_approved", models.BigIntegerField(null=True)),
                        ("budget_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("budget_filled_approved", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("minority_approved", models.BigIntegerField(null=True)),
                        ("minority_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Pilot projects, roll-up",
                        "verbose_name_plural": "Pilot projects, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="pilotrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="pilotrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("designated", models.BooleanField(blank=True, null=True)),
                        ("started", models.BooleanField(blank=True, null=True)),
                        ("completed", models.BooleanField(blank=True, null=True)),
                        ("farmland", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people_water", models.IntegerField(blank=True, null=True)),
                        ("road_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households_benefiting", models.IntegerField(blank=True, null=True)),
                        ("state_funds", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("raised", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Whole-village plan",
                        "verbose_name_plural": "Whole-village plan",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="planrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("farmland__isnull", True), ("farmland__gte", 0), _connector="OR"),
                                name="planrecord_farmland_not_negative",
                                violation_error_message="“Farmland built” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_water__isnull", True), ("people_water__gte", 0), _connector="OR"
                                ),
                                name="planrecord_people_water_not_negative",
                                violation_error_message="“People with safe water” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("road_km__isnull", True), ("road_km__gte", 0), _connector="OR"),
                                name="planrecord_road_km_not_negative",
                                violation_error_message="“Roads built” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households_benefiting__isnull", True),
                                    ("households_benefiting__gte", 0),
                                    _connector="OR",
                                ),
                                name="planrecord_households_benefiting_not_negative",
                                violation_error_message="“Households benefiting” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state_funds__isnull", True), ("state_funds__gte", 0), _connector="OR"
                                ),
                                name="planrecord_state_funds_not_negative",
                                violation_error_message="“State poverty funds” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("raised__isnull", True), ("raised__gte", 0), _connector="OR"),
                                name="planrecord_raised_not_negative",
                                violation_error_message="“Raised by the village” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="planrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state_funds__isnull", True),
                                    models.Q(("spent__isnull", False), ("state_funds__lte", models.F("spent"))),
                                    _connector="OR",
                                ),
                                name="planrecord_state_funds_within_spent",
                                violation_error_message="“State poverty funds” can't be more than “Spent”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("raised__isnull", True),
                                    models.Q(("raised__lte", models.F("spent")), ("spent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="planrecord_raised_within_spent",
                                violation_error_message="“Raised by the village” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="planrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", [""])), name="planrecord_breakdown_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="planrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="planrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("completed__isnull", True),
                                        ("designated__isnull", True),
                                        ("farmland__isnull", True),
                                        ("households_benefiting__isnull", True),
                                        ("people_water__isnull", True),
                                        ("raised__isnull", True),
                                        ("road_km__isnull", True),
                                        ("spent__isnull", True),
                                        ("started__isnull", True),
                                        ("state_funds__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="planrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="planrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="planrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="planrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="planrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="planrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="planrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("designated", models.BigIntegerField(null=True)),
                        ("designated_filled", models.BigIntegerField(null=True)),
                        ("started", models.BigIntegerField(null=True)),
                        ("started_filled", models.BigIntegerField(null=True)),
                        ("completed", models.BigIntegerField(null=True)),
                        ("completed_filled", models.BigIntegerField(null=True)),
                        ("farmland", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("farmland_filled", models.BigIntegerField(null=True)),
                        ("people_water", models.BigIntegerField(null=True)),
                        ("people_water_filled", models.BigIntegerField(null=True)),
                        ("road_km", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("road_km_filled", models.BigIntegerField(null=True)),
                        ("households_benefiting", models.BigIntegerField(null=True)),
                        ("households_benefiting_filled", models.BigIntegerField(null=True)),
                        ("state_funds", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("state_funds_filled", models.BigIntegerField(null=True)),
                        ("raised", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("raised_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("designated_approved", models.BigIntegerField(null=True)),
                        ("designated_filled_approved", models.BigIntegerField(null=True)),
                        ("started_approved", models.BigIntegerField(null=True)),
                        ("started_filled_approved", models.BigIntegerField(null=True)),
                        ("completed_approved", models.BigIntegerField(null=True)),
                        ("completed_filled_approved", models.BigIntegerField(null=True)),
                        ("farmland_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("farmland_filled_approved", models.BigIntegerField(null=True)),
                        ("people_water_approved", models.BigIntegerField(null=True)),
                        ("people_water_filled_approved", models.BigIntegerField(null=True)),
                        ("road_km_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("road_km_filled_approved", models.BigIntegerField(null=True)),
                        ("households_benefiting_approved", models.BigIntegerField(null=True)),
                        ("households_benefiting_filled_approved", models.BigIntegerField(null=True)),
                        ("state_funds_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("state_funds_filled_approved", models.BigIntegerField(null=True)),
                        ("raised_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("raised_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Whole-village plan, roll-up",
                        "verbose_name_plural": "Whole-village plan, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="planrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="planrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PowerRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("line_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("capacity", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Power supply",
                        "verbose_name_plural": "Power supply",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="powerrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="powerrecord_households_not_negative",
                                violation_error_message="“Households connected” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="powerrecord_people_not_negative",
                                violation_error_message="“People served” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("line_km__isnull", True), ("line_km__gte", 0), _connector="OR"),
                                name="powerrecord_line_km_not_negative",
                                violation_error_message="“Lines” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__isnull", True), ("capacity__gte", 0), _connector="OR"),
                                name="powerrecord_capacity_not_negative",
                                violation_error_message="“Capacity” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="powerrecord_allowance_not_negative",
                                violation_error_message="“State allowance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="powerrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allowance__isnull", True),
                                    models.Q(("allowance__lte", models.F("spent")), ("spent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="powerrecord_allowance_within_spent",
                                violation_error_message="“State allowance” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="powerrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", ["grid", "renewal", "hydro", "solar"])),
                                name="powerrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="powerrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="powerrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("capacity__isnull", True),
                                        ("households__isnull", True),
                                        ("line_km__isnull", True),
                                        ("people__isnull", True),
                                        ("spent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="powerrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="powerrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="powerrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="powerrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="powerrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="powerrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="powerrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PowerRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("line_km", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("line_km_filled", models.BigIntegerField(null=True)),
                        ("capacity", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("capacity_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("line_km_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("line_km_filled_approved", models.BigIntegerField(null=True)),
                        ("capacity_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("capacity_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Power supply, roll-up",
                        "verbose_name_plural": "Power supply, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="powerrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="powerrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("population", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("labourers", models.IntegerField(blank=True, null=True)),
                        ("poor_households", models.IntegerField(blank=True, null=True)),
                        ("poor_people", models.IntegerField(blank=True, null=True)),
                        ("net_income", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "collective_income",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        ("has_road", models.BooleanField(blank=True, null=True)),
                        ("has_power", models.BooleanField(blank=True, null=True)),
                        ("has_water", models.BooleanField(blank=True, null=True)),
                        ("has_clinic", models.BooleanField(blank=True, null=True)),
                        ("has_school", models.BooleanField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Village profile",
                        "verbose_name_plural": "Village profile",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="profilerecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_households_not_negative",
                                violation_error_message="“Households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("population__isnull", True), ("population__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_population_not_negative",
                                violation_error_message="“Population” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("women__isnull", True), ("women__gte", 0), _connector="OR"),
                                name="profilerecord_women_not_negative",
                                violation_error_message="“of which women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minority__isnull", True), ("minority__gte", 0), _connector="OR"),
                                name="profilerecord_minority_not_negative",
                                violation_error_message="“of which minority” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("disabled__isnull", True), ("disabled__gte", 0), _connector="OR"),
                                name="profilerecord_disabled_not_negative",
                                violation_error_message="“of which disabled” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("labourers__isnull", True), ("labourers__gte", 0), _connector="OR"),
                                name="profilerecord_labourers_not_negative",
                                violation_error_message="“Labourers” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_households__isnull", True), ("poor_households__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_poor_households_not_negative",
                                violation_error_message="“Poor households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_people__isnull", True), ("poor_people__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_poor_people_not_negative",
                                violation_error_message="“Poor people” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("net_income__isnull", True), ("net_income__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_net_income_not_negative",
                                violation_error_message="“Net income” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("collective_income__isnull", True), ("collective_income__gte", 0), _connector="OR"
                                ),
                                name="profilerecord_collective_income_not_negative",
                                violation_error_message="“Collective income” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("women__isnull", True),
                                    models.Q(("population__isnull", False), ("women__lte", models.F("population"))),
                                    _connector="OR",
                                ),
                                name="profilerecord_women_within_population",
                                violation_error_message="“of which women” can't be more than “Population”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minority__isnull", True),
                                    models.Q(("minority__lte", models.F("population")), ("population__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_minority_within_population",
                                violation_error_message="“of which minority” can't be more than “Population”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disabled__isnull", True),
                                    models.Q(("disabled__lte", models.F("population")), ("population__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_disabled_within_population",
                                violation_error_message="“of which disabled” can't be more than “Population”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("labourers__isnull", True),
                                    models.Q(("labourers__lte", models.F("population")), ("population__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_labourers_within_population",
                                violation_error_message="“Labourers” can't be more than “Population”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_households__isnull", True),
                                    models.Q(
                                        ("households__isnull", False), ("poor_households__lte", models.F("households"))
                                    ),
                                    _connector="OR",
                                ),
                                name="profilerecord_poor_households_within_households",
                                violation_error_message="“Poor households” can't be more than “Households”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor_people__isnull", True),
                                    models.Q(
                                        ("poor_people__lte", models.F("population")), ("population__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="profilerecord_poor_people_within_population",
                                violation_error_message="“Poor people” can't be more than “Population”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="profilerecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", [""])), name="profilerecord_breakdown_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="profilerecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="profilerecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("collective_income__isnull", True),
                                        ("disabled__isnull", True),
                                        ("has_clinic__isnull", True),
                                        ("has_power__isnull", True),
                                        ("has_road__isnull", True),
                                        ("has_school__isnull", True),
                                        ("has_water__isnull", True),
                                        ("households__isnull", True),
                                        ("labourers__isnull", True),
                                        ("minority__isnull", True),
                                        ("net_income__isnull", True),
                                        ("poor_households__isnull", True),
                                        ("poor_people__isnull", True),
                                        ("population__isnull", True),
                                        ("women__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="profilerecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="profilerecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="profilerecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="profilerecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="profilerecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("population", models.BigIntegerField(null=True)),
                        ("population_filled", models.BigIntegerField(null=True)),
                        ("women", models.BigIntegerField(null=True)),
                        ("women_filled", models.BigIntegerField(null=True)),
                        ("minority", models.BigIntegerField(null=True)),
                        ("minority_filled", models.BigIntegerField(null=True)),
                        ("disabled", models.BigIntegerField(null=True)),
                        ("disabled_filled", models.BigIntegerField(null=True)),
                        ("labourers", models.BigIntegerField(null=True)),
                        ("labourers_filled", models.BigIntegerField(null=True)),
                        ("poor_households", models.BigIntegerField(null=True)),
                        ("poor_households_filled", models.BigIntegerField(null=True)),
                        ("poor_people", models.BigIntegerField(null=True)),
                        ("poor_people_filled", models.BigIntegerField(null=True)),
                        ("net_income_product", models.DecimalField(decimal_places=2, max_digits=34, null=True)),
                        ("net_income_weight", models.BigIntegerField(null=True)),
                        ("net_income_filled", models.BigIntegerField(null=True)),
                        ("collective_income", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("collective_income_filled", models.BigIntegerField(null=True)),
                        ("has_road", models.BigIntegerField(null=True)),
                        ("has_road_filled", models.BigIntegerField(null=True)),
                        ("has_power", models.BigIntegerField(null=True)),
                        ("has_power_filled", models.BigIntegerField(null=True)),
                        ("has_water", models.BigIntegerField(null=True)),
                        ("has_water_filled", models.BigIntegerField(null=True)),
                        ("has_clinic", models.BigIntegerField(null=True)),
                        ("has_clinic_filled", models.BigIntegerField(null=True)),
                        ("has_school", models.BigIntegerField(null=True)),
                        ("has_school_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("population_approved", models.BigIntegerField(null=True)),
                        ("population_filled_approved", models.BigIntegerField(null=True)),
                        ("women_approved", models.BigIntegerField(null=True)),
                        ("women_filled_approved", models.BigIntegerField(null=True)),
                        ("minority_approved", models.BigIntegerField(null=True)),
                        ("minority_filled_approved", models.BigIntegerField(null=True)),
                        ("disabled_approved", models.BigIntegerField(null=True)),
                        ("disabled_filled_approved", models.BigIntegerField(null=True)),
                        ("labourers_approved", models.BigIntegerField(null=True)),
                        ("labourers_filled_approved", models.BigIntegerField(null=True)),
                        ("poor_households_approved", models.BigIntegerField(null=True)),
                        ("poor_households_filled_approved", models.BigIntegerField(null=True)),
                        ("poor_people_approved", models.BigIntegerField(null=True)),
                        ("poor_people_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "net_income_product_approved",
                            models.DecimalField(decimal_places=2, max_digits=34, null=True),
                        ),
                        ("net_income_weight_approved", models.BigIntegerField(null=True)),
                        ("net_income_filled_approved", models.BigIntegerField(null=True)),
                        ("collective_income_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("collective_income_filled_approved", models.BigIntegerField(null=True)),
                        ("has_road_approved", models.BigIntegerField(null=True)),
                        ("has_road_filled_approved", models.BigIntegerField(null=True)),
                        ("has_power_approved", models.BigIntegerField(null=True)),
                        ("has_power_filled_approved", models.BigIntegerField(null=True)),
                        ("has_water_approved", models.BigIntegerField(null=True)),
                        ("has_water_filled_approved", models.BigIntegerField(null=True)),
                        ("has_clinic_approved", models.BigIntegerField(null=True)),
                        ("has_clinic_filled_approved", models.BigIntegerField(null=True)),
                        ("has_school_approved", models.BigIntegerField(null=True)),
                        ("has_school_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Village profile, roll-up",
                        "verbose_name_plural": "Village profile, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="profilerollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="profilerollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelocationRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("poor", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("destination", models.CharField(blank=True, max_length=16, null=True)),
                        ("housing", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people_road", models.IntegerField(blank=True, null=True)),
                        ("people_power", models.IntegerField(blank=True, null=True)),
                        ("people_water", models.IntegerField(blank=True, null=True)),
                        ("forest", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Relocation",
                        "verbose_name_plural": "Relocation",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="relocationrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="relocationrecord_households_not_negative",
                                violation_error_message="“Households moved” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="relocationrecord_people_not_negative",
                                violation_error_message="“People moved” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("poor__isnull", True), ("poor__gte", 0), _connector="OR"),
                                name="relocationrecord_poor_not_negative",
                                violation_error_message="“of which poor” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minority__isnull", True), ("minority__gte", 0), _connector="OR"),
                                name="relocationrecord_minority_not_negative",
                                violation_error_message="“of which minority” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("housing__isnull", True), ("housing__gte", 0), _connector="OR"),
                                name="relocationrecord_housing_not_negative",
                                violation_error_message="“Housing built” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_road__isnull", True), ("people_road__gte", 0), _connector="OR"
                                ),
                                name="relocationrecord_people_road_not_negative",
                                violation_error_message="“with road” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_power__isnull", True), ("people_power__gte", 0), _connector="OR"
                                ),
                                name="relocationrecord_people_power_not_negative",
                                violation_error_message="“with power” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_water__isnull", True), ("people_water__gte", 0), _connector="OR"
                                ),
                                name="relocationrecord_people_water_not_negative",
                                violation_error_message="“with safe water” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("forest__isnull", True), ("forest__gte", 0), _connector="OR"),
                                name="relocationrecord_forest_not_negative",
                                violation_error_message="“Returned to forest” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="relocationrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("poor__isnull", True),
                                    models.Q(("people__isnull", False), ("poor__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="relocationrecord_poor_within_people",
                                violation_error_message="“of which poor” can't be more than “People moved”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minority__isnull", True),
                                    models.Q(("minority__lte", models.F("people")), ("people__isnull", False)),
                                    _connector="OR",
                                ),
                                name="relocationrecord_minority_within_people",
                                violation_error_message="“of which minority” can't be more than “People moved”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_road__isnull", True),
                                    models.Q(("people__isnull", False), ("people_road__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="relocationrecord_people_road_within_people",
                                violation_error_message="“with road” can't be more than “People moved”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_power__isnull", True),
                                    models.Q(("people__isnull", False), ("people_power__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="relocationrecord_people_power_within_people",
                                violation_error_message="“with power” can't be more than “People moved”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("people_water__isnull", True),
                                    models.Q(("people__isnull", False), ("people_water__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="relocationrecord_people_water_within_people",
                                violation_error_message="“with safe water” can't be more than “People moved”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="relocationrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", ["seat", "town", "park", "village"])),
                                name="relocationrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="relocationrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="relocationrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("destination__isnull", True),
                                        ("forest__isnull", True),
                                        ("households__isnull", True),
                                        ("housing__isnull", True),
                                        ("minority__isnull", True),
                                        ("people__isnull", True),
                                        ("people_power__isnull", True),
                                        ("people_road__isnull", True),
                                        ("people_water__isnull", True),
                                        ("poor__isnull", True),
                                        ("spent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="relocationrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="relocationrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="relocationrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="relocationrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="relocationrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="relocationrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="relocationrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelocationRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("poor", models.BigIntegerField(null=True)),
                        ("poor_filled", models.BigIntegerField(null=True)),
                        ("minority", models.BigIntegerField(null=True)),
                        ("minority_filled", models.BigIntegerField(null=True)),
                        ("housing", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("housing_filled", models.BigIntegerField(null=True)),
                        ("people_road", models.BigIntegerField(null=True)),
                        ("people_road_filled", models.BigIntegerField(null=True)),
                        ("people_power", models.BigIntegerField(null=True)),
                        ("people_power_filled", models.BigIntegerField(null=True)),
                        ("people_water", models.BigIntegerField(null=True)),
                        ("people_water_filled", models.BigIntegerField(null=True)),
                        ("forest", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("forest_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("poor_approved", models.BigIntegerField(null=True)),
                        ("poor_filled_approved", models.BigIntegerField(null=True)),
                        ("minority_approved", models.BigIntegerField(null=True)),
                        ("minority_filled_approved", models.BigIntegerField(null=True)),
                        ("housing_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("housing_filled_approved", models.BigIntegerField(null=True)),
                        ("people_road_approved", models.BigIntegerField(null=True)),
                        ("people_road_filled_approved", models.BigIntegerField(null=True)),
                        ("people_power_approved", models.BigIntegerField(null=True)),
                        ("people_power_filled_approved", models.BigIntegerField(null=True)),
                        ("people_water_approved", models.BigIntegerField(null=True)),
                        ("people_water_filled_approved", models.BigIntegerField(null=True)),
                        ("forest_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("forest_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Relocation, roll-up",
                        "verbose_name_plural": "Relocation, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="relocationrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="relocationrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("programme", models.CharField(max_length=40, verbose_name="programme")),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        ("breakdown", models.CharField(blank=True, default="", max_length=20, verbose_name="kind")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        ("measure", models.CharField(max_length=60, verbose_name="figure")),
                        ("text", models.CharField(max_length=500, verbose_name="text")),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
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
                        "verbose_name": "remark",
                        "verbose_name_plural": "remarks",
                        "indexes": [
                            models.Index(
                                fields=["programme", "year", "area", "breakdown"], name="programmes_remark_record"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="programmes_remark_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("programme", models.CharField(max_length=40, verbose_name="programme")),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        ("breakdown", models.CharField(blank=True, default="", max_length=20, verbose_name="kind")),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                    ("reopened", "reopened"),
                                ],
                                max_length=10,
                                verbose_name="step",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("version", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
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
                        "verbose_name": "review step",
                        "verbose_name_plural": "review steps",
                        "indexes": [
                            models.Index(
                                fields=["programme", "year", "area", "breakdown"], name="programmes_reviewstep_record"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["returned", "reopened"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="programmes_reviewstep_given_back_with_reason",
                                violation_error_message="Say why it is given back.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScienceRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("experts", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Science and technology",
                        "verbose_name_plural": "Science and technology",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="sciencerecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sites__isnull", True), ("sites__gte", 0), _connector="OR"),
                                name="sciencerecord_sites_not_negative",
                                violation_error_message="“Sites” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("experts__isnull", True), ("experts__gte", 0), _connector="OR"),
                                name="sciencerecord_experts_not_negative",
                                violation_error_message="“Experts” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="sciencerecord_people_not_negative",
                                violation_error_message="“People reached” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("women__isnull", True), ("women__gte", 0), _connector="OR"),
                                name="sciencerecord_women_not_negative",
                                violation_error_message="“of which women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="sciencerecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("women__isnull", True),
                                    models.Q(("people__isnull", False), ("women__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="sciencerecord_women_within_people",
                                violation_error_message="“of which women” can't be more than “People reached”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="sciencerecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", ["experts", "base", "project", "information"])),
                                name="sciencerecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="sciencerecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="sciencerecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("experts__isnull", True),
                                        ("people__isnull", True),
                                        ("sites__isnull", True),
                                        ("spent__isnull", True),
                                        ("women__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sciencerecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sciencerecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sciencerecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sciencerecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="sciencerecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="sciencerecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="sciencerecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScienceRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("sites", models.BigIntegerField(null=True)),
                        ("sites_filled", models.BigIntegerField(null=True)),
                        ("experts", models.BigIntegerField(null=True)),
                        ("experts_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("women", models.BigIntegerField(null=True)),
                        ("women_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("sites_approved", models.BigIntegerField(null=True)),
                        ("sites_filled_approved", models.BigIntegerField(null=True)),
                        ("experts_approved", models.BigIntegerField(null=True)),
                        ("experts_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("women_approved", models.BigIntegerField(null=True)),
                        ("women_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Science and technology, roll-up",
                        "verbose_name_plural": "Science and technology, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="sciencerollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="sciencerollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SocialRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Social services",
                        "verbose_name_plural": "Social services",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="socialrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="socialrecord_households_not_negative",
                                violation_error_message="“Households” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="socialrecord_people_not_negative",
                                violation_error_message="“People” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("women__isnull", True), ("women__gte", 0), _connector="OR"),
                                name="socialrecord_women_not_negative",
                                violation_error_message="“of which women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("disabled__isnull", True), ("disabled__gte", 0), _connector="OR"),
                                name="socialrecord_disabled_not_negative",
                                violation_error_message="“of which disabled” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sites__isnull", True), ("sites__gte", 0), _connector="OR"),
                                name="socialrecord_sites_not_negative",
                                violation_error_message="“Sites” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="socialrecord_allowance_not_negative",
                                violation_error_message="“Allowances paid” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="socialrecord_spent_not_negative",
                                violation_error_message="“Spent on sites” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("women__isnull", True),
                                    models.Q(("people__isnull", False), ("women__lte", models.F("people"))),
                                    _connector="OR",
                                ),
                                name="socialrecord_women_within_people",
                                violation_error_message="“of which women” can't be more than “People”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disabled__isnull", True),
                                    models.Q(("disabled__lte", models.F("people")), ("people__isnull", False)),
                                    _connector="OR",
                                ),
                                name="socialrecord_disabled_within_people",
                                violation_error_message="“of which disabled” can't be more than “People”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="socialrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("breakdown__in", ["medical", "allowance", "pension", "clinic", "culture"])
                                ),
                                name="socialrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="socialrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="socialrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("disabled__isnull", True),
                                        ("households__isnull", True),
                                        ("people__isnull", True),
                                        ("sites__isnull", True),
                                        ("spent__isnull", True),
                                        ("women__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="socialrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="socialrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="socialrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="socialrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="socialrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="socialrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="socialrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SocialRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("women", models.BigIntegerField(null=True)),
                        ("women_filled", models.BigIntegerField(null=True)),
                        ("disabled", models.BigIntegerField(null=True)),
                        ("disabled_filled", models.BigIntegerField(null=True)),
                        ("sites", models.BigIntegerField(null=True)),
                        ("sites_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("women_approved", models.BigIntegerField(null=True)),
                        ("women_filled_approved", models.BigIntegerField(null=True)),
                        ("disabled_approved", models.BigIntegerField(null=True)),
                        ("disabled_filled_approved", models.BigIntegerField(null=True)),
                        ("sites_approved", models.BigIntegerField(null=True)),
                        ("sites_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Social services, roll-up",
                        "verbose_name_plural": "Social services, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="socialrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="socialrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransportRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("road_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("hardened_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Transport",
                        "verbose_name_plural": "Transport",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="transportrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("road_km__isnull", True), ("road_km__gte", 0), _connector="OR"),
                                name="transportrecord_road_km_not_negative",
                                violation_error_message="“Length” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hardened_km__isnull", True), ("hardened_km__gte", 0), _connector="OR"
                                ),
                                name="transportrecord_hardened_km_not_negative",
                                violation_error_message="“of which paved” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sites__isnull", True), ("sites__gte", 0), _connector="OR"),
                                name="transportrecord_sites_not_negative",
                                violation_error_message="“Sites” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="transportrecord_people_not_negative",
                                violation_error_message="“People served” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="transportrecord_allowance_not_negative",
                                violation_error_message="“State allowance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="transportrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hardened_km__isnull", True),
                                    models.Q(("hardened_km__lte", models.F("road_km")), ("road_km__isnull", False)),
                                    _connector="OR",
                                ),
                                name="transportrecord_hardened_km_within_road_km",
                                violation_error_message="“of which paved” can't be more than “Length”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allowance__isnull", True),
                                    models.Q(("allowance__lte", models.F("spent")), ("spent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="transportrecord_allowance_within_spent",
                                violation_error_message="“State allowance” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="transportrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("breakdown__in", ["highway", "village-road", "bridge", "station"])),
                                name="transportrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="transportrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="transportrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("hardened_km__isnull", True),
                                        ("people__isnull", True),
                                        ("road_km__isnull", True),
                                        ("sites__isnull", True),
                                        ("spent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="transportrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="transportrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="transportrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="transportrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="transportrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="transportrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="transportrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransportRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("road_km", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("road_km_filled", models.BigIntegerField(null=True)),
                        ("hardened_km", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("hardened_km_filled", models.BigIntegerField(null=True)),
                        ("sites", models.BigIntegerField(null=True)),
                        ("sites_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("road_km_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("road_km_filled_approved", models.BigIntegerField(null=True)),
                        ("hardened_km_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("hardened_km_filled_approved", models.BigIntegerField(null=True)),
                        ("sites_approved", models.BigIntegerField(null=True)),
                        ("sites_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Transport, roll-up",
                        "verbose_name_plural": "Transport, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="transportrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="transportrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaterRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("works", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("irrigated", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Water conservancy",
                        "verbose_name_plural": "Water conservancy",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="waterrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("works__isnull", True), ("works__gte", 0), _connector="OR"),
                                name="waterrecord_works_not_negative",
                                violation_error_message="“Works” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="waterrecord_people_not_negative",
                                violation_error_message="“People served” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("households__isnull", True), ("households__gte", 0), _connector="OR"
                                ),
                                name="waterrecord_households_not_negative",
                                violation_error_message="“Households served” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("irrigated__isnull", True), ("irrigated__gte", 0), _connector="OR"),
                                name="waterrecord_irrigated_not_negative",
                                violation_error_message="“Area irrigated” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allowance__isnull", True), ("allowance__gte", 0), _connector="OR"),
                                name="waterrecord_allowance_not_negative",
                                violation_error_message="“State allowance” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="waterrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allowance__isnull", True),
                                    models.Q(("allowance__lte", models.F("spent")), ("spent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="waterrecord_allowance_within_spent",
                                violation_error_message="“State allowance” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="waterrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("breakdown__in", ["drinking", "cellar", "pond", "pump", "channel", "dam"])
                                ),
                                name="waterrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="waterrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="waterrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("allowance__isnull", True),
                                        ("households__isnull", True),
                                        ("irrigated__isnull", True),
                                        ("people__isnull", True),
                                        ("spent__isnull", True),
                                        ("works__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="waterrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="waterrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="waterrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="waterrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="waterrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="waterrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="waterrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaterRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("works", models.BigIntegerField(null=True)),
                        ("works_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("households", models.BigIntegerField(null=True)),
                        ("households_filled", models.BigIntegerField(null=True)),
                        ("irrigated", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("irrigated_filled", models.BigIntegerField(null=True)),
                        ("allowance", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("works_approved", models.BigIntegerField(null=True)),
                        ("works_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("households_approved", models.BigIntegerField(null=True)),
                        ("households_filled_approved", models.BigIntegerField(null=True)),
                        ("irrigated_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("irrigated_filled_approved", models.BigIntegerField(null=True)),
                        ("allowance_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("allowance_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Water conservancy, roll-up",
                        "verbose_name_plural": "Water conservancy, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="waterrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="waterrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkReliefRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("quantity", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("workers", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("labour_days", models.IntegerField(blank=True, null=True)),
                        ("wages", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="county",
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
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Work relief",
                        "verbose_name_plural": "Work relief",
                        "abstract": False,
                        "indexes": [models.Index(fields=["year", "county"], name="workreliefrecord_cell")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"),
                                name="workreliefrecord_quantity_not_negative",
                                violation_error_message="“Built” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("people__isnull", True), ("people__gte", 0), _connector="OR"),
                                name="workreliefrecord_people_not_negative",
                                violation_error_message="“People served” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("workers__isnull", True), ("workers__gte", 0), _connector="OR"),
                                name="workreliefrecord_workers_not_negative",
                                violation_error_message="“Villagers paid” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("women__isnull", True), ("women__gte", 0), _connector="OR"),
                                name="workreliefrecord_women_not_negative",
                                violation_error_message="“of which women” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("labour_days__isnull", True), ("labour_days__gte", 0), _connector="OR"
                                ),
                                name="workreliefrecord_labour_days_not_negative",
                                violation_error_message="“Labour days” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wages__isnull", True), ("wages__gte", 0), _connector="OR"),
                                name="workreliefrecord_wages_not_negative",
                                violation_error_message="“Wages paid” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                name="workreliefrecord_spent_not_negative",
                                violation_error_message="“Spent” can't be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("women__isnull", True),
                                    models.Q(("women__lte", models.F("workers")), ("workers__isnull", False)),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_women_within_workers",
                                violation_error_message="“of which women” can't be more than “Villagers paid”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wages__isnull", True),
                                    models.Q(("spent__isnull", False), ("wages__lte", models.F("spent"))),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_wages_within_spent",
                                violation_error_message="“Wages paid” can't be more than “Spent”.",
                            ),
                            models.UniqueConstraint(
                                fields=("area", "year", "breakdown"),
                                name="workreliefrecord_once_a_year",
                                violation_error_message="This place already has a record for this year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("breakdown__in", ["road", "irrigation", "water", "farmland", "grassland", "basin"])
                                ),
                                name="workreliefrecord_breakdown_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "confirmed", "returned", "approved"])
                                ),
                                name="workreliefrecord_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="workreliefrecord_year_sensible",
                                violation_error_message="The year is out of range.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("labour_days__isnull", True),
                                        ("people__isnull", True),
                                        ("quantity__isnull", True),
                                        ("spent__isnull", True),
                                        ("wages__isnull", True),
                                        ("women__isnull", True),
                                        ("workers__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_nil_is_empty",
                                violation_error_message="A place with nothing to report has no figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_submitted_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_confirmed_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_approved_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "returned")),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_confirmed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", False), ("state", "approved")),
                                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved_at", None)),
                                    _connector="OR",
                                ),
                                name="workreliefrecord_approved_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkReliefRollup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("year", models.SmallIntegerField()),
                        (
                            "basis",
                            models.CharField(
                                choices=[("recorded", "of each year"), ("current", "today's")],
                                default="recorded",
                                max_length=10,
                            ),
                        ),
                        ("breakdown", models.CharField(db_default="", default="", max_length=20)),
                        ("expected", models.IntegerField()),
                        ("drafted", models.IntegerField()),
                        ("reported", models.IntegerField()),
                        ("approved", models.IntegerField()),
                        ("nil", models.IntegerField()),
                        ("estimated", models.IntegerField(db_default=0, default=0)),
                        ("computed_at", models.DateTimeField()),
                        ("quantity", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("quantity_filled", models.BigIntegerField(null=True)),
                        ("people", models.BigIntegerField(null=True)),
                        ("people_filled", models.BigIntegerField(null=True)),
                        ("workers", models.BigIntegerField(null=True)),
                        ("workers_filled", models.BigIntegerField(null=True)),
                        ("women", models.BigIntegerField(null=True)),
                        ("women_filled", models.BigIntegerField(null=True)),
                        ("labour_days", models.BigIntegerField(null=True)),
                        ("labour_days_filled", models.BigIntegerField(null=True)),
                        ("wages", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("wages_filled", models.BigIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled", models.BigIntegerField(null=True)),
                        ("quantity_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("quantity_filled_approved", models.BigIntegerField(null=True)),
                        ("people_approved", models.BigIntegerField(null=True)),
                        ("people_filled_approved", models.BigIntegerField(null=True)),
                        ("workers_approved", models.BigIntegerField(null=True)),
                        ("workers_filled_approved", models.BigIntegerField(null=True)),
                        ("women_approved", models.BigIntegerField(null=True)),
                        ("women_filled_approved", models.BigIntegerField(null=True)),
                        ("labour_days_approved", models.BigIntegerField(null=True)),
                        ("labour_days_filled_approved", models.BigIntegerField(null=True)),
                        ("wages_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("wages_filled_approved", models.BigIntegerField(null=True)),
                        ("spent_approved", models.DecimalField(decimal_places=2, max_digits=24, null=True)),
                        ("spent_filled_approved", models.BigIntegerField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="villages.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Work relief, roll-up",
                        "verbose_name_plural": "Work relief, roll-ups",
                        "indexes": [models.Index(fields=["parent", "year", "basis"], name="workreliefrollup_parts")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "year", "basis", "breakdown"), name="workreliefrollup_grain"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgritechRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("trained", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("used_on", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.agritechrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EcologyRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("treated", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.ecologyrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EducationRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("students", models.IntegerField(blank=True, null=True)),
                        ("girls", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("primary", models.IntegerField(blank=True, null=True)),
                        ("junior", models.IntegerField(blank=True, null=True)),
                        ("senior", models.IntegerField(blank=True, null=True)),
                        ("vocational", models.IntegerField(blank=True, null=True)),
                        ("college", models.IntegerField(blank=True, null=True)),
                        ("boarding", models.IntegerField(blank=True, null=True)),
                        ("subsidy", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.educationrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HousingRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("five_guarantees", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("floor", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.housingrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "target",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="target"
                            ),
                        ),
                        (
                            "actual",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="actual"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="villages.area",
                                verbose_name="area",
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
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="programmes.indicator",
                                verbose_name="indicator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator figure",
                        "verbose_name_plural": "indicator figures",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "area", "year"), name="programmes_indicatorfigure_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2100))),
                                name="programmes_indicatorfigure_year_sensible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("target", None), ("target__gte", 0), _connector="OR"),
                                    models.Q(("actual", None), ("actual__gte", 0), _connector="OR"),
                                ),
                                name="programmes_indicatorfigure_not_negative",
                                violation_error_message="A figure here is zero or more.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndustryRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("poor_households", models.IntegerField(blank=True, null=True)),
                        ("planted", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("livestock", models.IntegerField(blank=True, null=True)),
                        ("cooperatives", models.IntegerField(blank=True, null=True)),
                        ("output", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.industryrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LoanRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("loans", models.IntegerField(blank=True, null=True)),
                        ("loans_women", models.IntegerField(blank=True, null=True)),
                        ("loaned", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loaned_women", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "loaned_households",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        (
                            "loaned_enterprises",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        ("discount", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("overdue", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.loanrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MutualFundRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("opening", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("grant", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("contributions", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("donations", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("income", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("repaid", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loans", models.IntegerField(blank=True, null=True)),
                        ("loans_women", models.IntegerField(blank=True, null=True)),
                        ("loaned", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("loaned_women", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("expenses", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("closing", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("overdue", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("members", models.IntegerField(blank=True, null=True)),
                        ("poor_members", models.IntegerField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.mutualfundrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PilotRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("projects", models.IntegerField(blank=True, null=True)),
                        ("villages", models.IntegerField(blank=True, null=True)),
                        ("budget", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.pilotrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlanRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("designated", models.BooleanField(blank=True, null=True)),
                        ("started", models.BooleanField(blank=True, null=True)),
                        ("completed", models.BooleanField(blank=True, null=True)),
                        ("farmland", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people_water", models.IntegerField(blank=True, null=True)),
                        ("road_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("households_benefiting", models.IntegerField(blank=True, null=True)),
                        ("state_funds", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("raised", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.planrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PowerRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("line_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("capacity", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.powerrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProfileRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("population", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("labourers", models.IntegerField(blank=True, null=True)),
                        ("poor_households", models.IntegerField(blank=True, null=True)),
                        ("poor_people", models.IntegerField(blank=True, null=True)),
                        ("net_income", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "collective_income",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                        ),
                        ("has_road", models.BooleanField(blank=True, null=True)),
                        ("has_power", models.BooleanField(blank=True, null=True)),
                        ("has_water", models.BooleanField(blank=True, null=True)),
                        ("has_clinic", models.BooleanField(blank=True, null=True)),
                        ("has_school", models.BooleanField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.profilerecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RelocationRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("poor", models.IntegerField(blank=True, null=True)),
                        ("minority", models.IntegerField(blank=True, null=True)),
                        ("destination", models.CharField(blank=True, max_length=16, null=True)),
                        ("housing", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people_road", models.IntegerField(blank=True, null=True)),
                        ("people_power", models.IntegerField(blank=True, null=True)),
                        ("people_water", models.IntegerField(blank=True, null=True)),
                        ("forest", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.relocationrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ScienceRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("experts", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.sciencerecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SocialRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("disabled", models.IntegerField(blank=True, null=True)),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.socialrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TransportRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("road_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("hardened_km", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("sites", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.transportrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WaterRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("works", models.IntegerField(blank=True, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("households", models.IntegerField(blank=True, null=True)),
                        ("irrigated", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("allowance", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.waterrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WorkReliefRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.SmallIntegerField(verbose_name="year")),
                        (
                            "breakdown",
                            models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="kind"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                    ("approved", "approved"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="nothing to report")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("sent_key", models.UUIDField(blank=True, editable=False, null=True)),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("quantity", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("people", models.IntegerField(blank=True, null=True)),
                        ("workers", models.IntegerField(blank=True, null=True)),
                        ("women", models.IntegerField(blank=True, null=True)),
                        ("labour_days", models.IntegerField(blank=True, null=True)),
                        ("wages", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ("spent", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="area",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "county",
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
                                to="programmes.workreliefrecord",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="submitted by",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="villages.area",
                                verbose_name="township",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agritechrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'agricultural-technology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="8a6d4858819dd08730ff00730f283ac090ff61f7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_1b576",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_agritechrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agritechrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'agricultural-technology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="c6c3a76731f04ab44b086f5c385a0a8ac4308acc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_b5394",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_agritechrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agritechrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'agricultural-technology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'agricultural-technology', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="33c7d8402b83ee5d1ac8f0794a270afcec892563",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_90dbf",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_agritechrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agritechrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_agritechrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "trained", "used_on", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."trained", old_values."used_on", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9d1777cc112ce2639436fa17c94529a373ce146",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_3612c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_agritechrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agritechrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_agritechrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "trained", "used_on", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."trained", old_values."used_on", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8ad1e2064e869297e95f04112a72c941e855fbcd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_ad6df",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_agritechrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ecologyrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'ecology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="5c4504c6eb121af2a893dc4e6bf72ed4793ad4f5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_be47a",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_ecologyrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ecologyrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'ecology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="38686ba16429c7d32c563b9ba0828c2446f25d60",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_5101d",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_ecologyrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ecologyrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'ecology', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'ecology', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="fde9f26e8b0f1b94b86d3002ca61d6e7ff20ef37",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_17a9b",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_ecologyrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ecologyrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_ecologyrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "treated", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."treated", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="731f16730f94280017adc320ef2c16a5d23d6c1f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_f4af0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_ecologyrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ecologyrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_ecologyrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "treated", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."treated", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f9f227b7097de42603f7f75364d0cd5763a63c97",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_a4c7f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_ecologyrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'education', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="aceba64f81bb08fc46aecb5fd87070c6e0e7bf31",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_fde86",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_educationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'education', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="3862e823300d33b7627d8a4e401af9212982a3ad",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_7438c",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_educationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'education', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'education', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="76cd2e72041600a93f3425bf210ea8168c3226a1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_6d580",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_educationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_educationrecordevent" ("approved_at", "approved_by_id", "area_id", "boarding", "breakdown", "college", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "girls", "id", "junior", "minority", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary", "senior", "sent_key", "state", "students", "submitted_at", "submitted_by_id", "subsidy", "township_id", "version", "vocational", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."boarding", old_values."breakdown", old_values."college", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."girls", old_values."id", old_values."junior", old_values."minority", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."primary", old_values."senior", old_values."sent_key", old_values."state", old_values."students", old_values."submitted_at", old_values."submitted_by_id", old_values."subsidy", old_values."township_id", old_values."version", old_values."vocational", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b5271659a4f3e23fadeb5a612feba28e038ea15a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_85e53",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_educationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_educationrecordevent" ("approved_at", "approved_by_id", "area_id", "boarding", "breakdown", "college", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "girls", "id", "junior", "minority", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary", "senior", "sent_key", "state", "students", "submitted_at", "submitted_by_id", "subsidy", "township_id", "version", "vocational", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."boarding", old_values."breakdown", old_values."college", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."girls", old_values."id", old_values."junior", old_values."minority", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."primary", old_values."senior", old_values."sent_key", old_values."state", old_values."students", old_values."submitted_at", old_values."submitted_by_id", old_values."subsidy", old_values."township_id", old_values."version", old_values."vocational", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7e386fb50ba8d6717bb8c3ddd8c1ba0cdc77f7c5",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_67d42",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_educationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="housingrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'housing', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="40adee930552349348fbfa2af7904150ec1c6140",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_a3cb0",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_housingrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="housingrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'housing', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="d8a649b22918d0537aecb5c90127a609d31f4488",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_9cd22",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_housingrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="housingrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'housing', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'housing', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="5dac14f70a250f9ee6f8969c84a3d910dff77ae3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_ad432",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_housingrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="housingrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_housingrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "five_guarantees", "floor", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."five_guarantees", old_values."floor", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e5283ccd5ca16caf1749c03652847efa6159993f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_e2232",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_housingrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="housingrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_housingrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "five_guarantees", "floor", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."five_guarantees", old_values."floor", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ca31280c83b1542338e0f579f3b346e3a3d172b7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_fe9a9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_housingrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="industryrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'industry', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="943347bac290c97fd3f65f74151d43fbd8685b4a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_e8bd1",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_industryrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="industryrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'industry', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="5a132186c969ca892d67f85d41674aea9b903a6a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_ab682",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_industryrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="industryrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'industry', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'industry', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="4719c46f74cc9400fdbf914223df44c831cfb45b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_b0478",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_industryrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="industryrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_industryrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "cooperatives", "county_id", "entered_at", "entered_by_id", "households", "id", "livestock", "nil", "note", "output", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planted", "poor_households", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."cooperatives", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."livestock", old_values."nil", old_values."note", old_values."output", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."planted", old_values."poor_households", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e75480d5d9f4a171dfb1e7a5aebd18bcd2f781f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_77df0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_industryrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="industryrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_industryrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "cooperatives", "county_id", "entered_at", "entered_by_id", "households", "id", "livestock", "nil", "note", "output", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planted", "poor_households", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."cooperatives", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."livestock", old_values."nil", old_values."note", old_values."output", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."planted", old_values."poor_households", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="305c23d1beec991e07087d5188e1067489488e2a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_4e3e2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_industryrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loanrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'loans', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="5752ead48d5183b0da6546c865f2f316ca53488d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_237c7",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_loanrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loanrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'loans', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="1e419d6a4fdfd97597d71ddee36f4facc247e1e6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_a7faa",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_loanrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loanrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'loans', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'loans', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="b24a8c7db94b39a6313b184511a66b80b0627b53",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_1c792",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_loanrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loanrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_loanrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "discount", "entered_at", "entered_by_id", "id", "loaned", "loaned_enterprises", "loaned_households", "loaned_women", "loans", "loans_women", "nil", "note", "overdue", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."discount", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."loaned", old_values."loaned_enterprises", old_values."loaned_households", old_values."loaned_women", old_values."loans", old_values."loans_women", old_values."nil", old_values."note", old_values."overdue", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2561794b703e5dc2c1da64a4d4f98efd6d37acc5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_f7e5f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_loanrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loanrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_loanrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "discount", "entered_at", "entered_by_id", "id", "loaned", "loaned_enterprises", "loaned_households", "loaned_women", "loans", "loans_women", "nil", "note", "overdue", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."discount", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."loaned", old_values."loaned_enterprises", old_values."loaned_households", old_values."loaned_women", old_values."loans", old_values."loans_women", old_values."nil", old_values."note", old_values."overdue", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9ba397ca1160e0e3afcf75a2e71037cffd0c435",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_aab54",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_loanrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mutualfundrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'mutual-fund', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="1a84f66fa18964282b2cbf665cc04830ef96bc0f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_08ffc",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_mutualfundrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mutualfundrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'mutual-fund', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="b727b6995ad631912eafae3206169284521f0fa0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_20b53",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_mutualfundrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mutualfundrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'mutual-fund', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'mutual-fund', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="4edd3cf41befec8ad620bda85652df32e4a21ae8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_884ad",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_mutualfundrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mutualfundrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_mutualfundrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "closing", "confirmed_at", "confirmed_by_id", "contributions", "county_id", "donations", "entered_at", "entered_by_id", "expenses", "grant", "id", "income", "loaned", "loaned_women", "loans", "loans_women", "members", "nil", "note", "opening", "overdue", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_members", "repaid", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."closing", old_values."confirmed_at", old_values."confirmed_by_id", old_values."contributions", old_values."county_id", old_values."donations", old_values."entered_at", old_values."entered_by_id", old_values."expenses", old_values."grant", old_values."id", old_values."income", old_values."loaned", old_values."loaned_women", old_values."loans", old_values."loans_women", old_values."members", old_values."nil", old_values."note", old_values."opening", old_values."overdue", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."poor_members", old_values."repaid", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="31a6398e95dff58d73c5c3158176247b7c562278",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_b6a5f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_mutualfundrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mutualfundrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_mutualfundrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "closing", "confirmed_at", "confirmed_by_id", "contributions", "county_id", "donations", "entered_at", "entered_by_id", "expenses", "grant", "id", "income", "loaned", "loaned_women", "loans", "loans_women", "members", "nil", "note", "opening", "overdue", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_members", "repaid", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."closing", old_values."confirmed_at", old_values."confirmed_by_id", old_values."contributions", old_values."county_id", old_values."donations", old_values."entered_at", old_values."entered_by_id", old_values."expenses", old_values."grant", old_values."id", old_values."income", old_values."loaned", old_values."loaned_women", old_values."loans", old_values."loans_women", old_values."members", old_values."nil", old_values."note", old_values."opening", old_values."overdue", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."poor_members", old_values."repaid", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="31273698f9df27a65baf7981183e2126ca6a1cd3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_47d9b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_mutualfundrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'pilot', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="3d78e37311f0110b51dfeaf0c4b8b05fe44dd920",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_05036",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_pilotrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'pilot', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="10ba9aba79e171499a071be02c373db5190af89f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_39f13",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_pilotrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'pilot', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'pilot', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="e0058ff66c49a379a326df29c24c44e43d3bf77b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_44ac1",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_pilotrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_pilotrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "budget", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "minority", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projects", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "villages", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."budget", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."projects", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."villages", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fbfbd43672364ec480834291daa1408f4e8891c7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_3def8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_pilotrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_pilotrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "budget", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "minority", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "projects", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "villages", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."budget", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."projects", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."villages", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9c74f91ca047a7690f19b8fadc7180780ba5e871",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_6d235",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_pilotrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'village-plan', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="b3e01e1c92efb2b508d1c01dc6b7d19ef7e17eba",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_b8cfd",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_planrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'village-plan', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="560a93ae30dc45ad0a033d4cf719489a77b30054",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_d31d7",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_planrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'village-plan', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'village-plan', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="19dc92f2fd10f4bc8eeef707ca81e1b7e546f820",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_39c7c",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_planrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_planrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "completed", "confirmed_at", "confirmed_by_id", "county_id", "designated", "entered_at", "entered_by_id", "farmland", "households_benefiting", "id", "nil", "note", "people_water", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised", "road_km", "sent_key", "spent", "started", "state", "state_funds", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."completed", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."designated", old_values."entered_at", old_values."entered_by_id", old_values."farmland", old_values."households_benefiting", old_values."id", old_values."nil", old_values."note", old_values."people_water", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."raised", old_values."road_km", old_values."sent_key", old_values."spent", old_values."started", old_values."state", old_values."state_funds", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="61211af3dd5cfbb2e4d938b411b6ce05f316f540",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_958bb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_planrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="planrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_planrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "completed", "confirmed_at", "confirmed_by_id", "county_id", "designated", "entered_at", "entered_by_id", "farmland", "households_benefiting", "id", "nil", "note", "people_water", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised", "road_km", "sent_key", "spent", "started", "state", "state_funds", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."completed", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."designated", old_values."entered_at", old_values."entered_by_id", old_values."farmland", old_values."households_benefiting", old_values."id", old_values."nil", old_values."note", old_values."people_water", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."raised", old_values."road_km", old_values."sent_key", old_values."spent", old_values."started", old_values."state", old_values."state_funds", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ece82276f368c88fab05aeb661a49a66cf76d446",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_e920a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_planrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="powerrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'power', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="44d27ae5ae60f62d5e19a193f24da9995422f110",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_39734",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_powerrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="powerrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'power', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="b772638d316adfe086c61d3ac44acc884135c990",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_3d8fa",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_powerrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="powerrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'power', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'power', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="8396f322e90cb46bb56b30c5d34a407e0d7d7e94",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_815e1",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_powerrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="powerrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_powerrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "capacity", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "line_km", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."capacity", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."line_km", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c3c841e87b784766d8c1ee6cb4bd59c2ddf4243e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_5b6b9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_powerrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="powerrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_powerrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "capacity", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "line_km", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."capacity", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."line_km", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5885db54c96fa5d6f1dc47468a3236137360d2a4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_4137c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_powerrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="profilerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'profile', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="40deffb983147676833a0286a4415c4beb491d07",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_de109",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_profilerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="profilerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'profile', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="40f208d9806ed240268ede55943c7ef27e5a97e1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_4d9e9",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_profilerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="profilerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'profile', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'profile', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="10e87527c4b804919dc699624767259645ba6f4d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_2d0bb",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_profilerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="profilerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_profilerecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "collective_income", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "has_clinic", "has_power", "has_road", "has_school", "has_water", "households", "id", "labourers", "minority", "net_income", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_households", "poor_people", "population", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."collective_income", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."has_clinic", old_values."has_power", old_values."has_road", old_values."has_school", old_values."has_water", old_values."households", old_values."id", old_values."labourers", old_values."minority", old_values."net_income", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."poor_households", old_values."poor_people", old_values."population", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="78afa2131752998001ed6c3175c50c94c08d7717",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_83310",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_profilerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="profilerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_profilerecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "collective_income", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "has_clinic", "has_power", "has_road", "has_school", "has_water", "households", "id", "labourers", "minority", "net_income", "nil", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor_households", "poor_people", "population", "sent_key", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."collective_income", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."has_clinic", old_values."has_power", old_values."has_road", old_values."has_school", old_values."has_water", old_values."households", old_values."id", old_values."labourers", old_values."minority", old_values."net_income", old_values."nil", old_values."note", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."poor_households", old_values."poor_people", old_values."population", old_values."sent_key", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cf620d5ea13b4bb10eb44bee50e23b8c1e113561",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_e00ed",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_profilerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relocationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'relocation', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="bc2253e98a3c082b1b6a6d8ff924593c7b4cefb0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_21223",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_relocationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relocationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'relocation', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="f705bf01b982388b920db094ee42f7e992d1bb76",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_4ee3e",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_relocationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relocationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'relocation', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'relocation', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="b5a6a730361aebb596711a3d5beb275ca9e5e80d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_8c966",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_relocationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relocationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_relocationrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "destination", "entered_at", "entered_by_id", "forest", "households", "housing", "id", "minority", "nil", "note", "people", "people_power", "people_road", "people_water", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."destination", old_values."entered_at", old_values."entered_by_id", old_values."forest", old_values."households", old_values."housing", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."people", old_values."people_power", old_values."people_road", old_values."people_water", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."poor", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="063a632f97a234e68f70763b02b17d0b10ad9223",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_05314",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_relocationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relocationrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_relocationrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "destination", "entered_at", "entered_by_id", "forest", "households", "housing", "id", "minority", "nil", "note", "people", "people_power", "people_road", "people_water", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poor", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."destination", old_values."entered_at", old_values."entered_by_id", old_values."forest", old_values."households", old_values."housing", old_values."id", old_values."minority", old_values."nil", old_values."note", old_values."people", old_values."people_power", old_values."people_road", old_values."people_water", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."poor", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fc011bf138f899ee1277bc2f825a2605c730ff4c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_3d9b5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_relocationrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sciencerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'science', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="6d6ed544924cb56e59fcdbc354e5a8a15ea92ed0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_c046b",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_sciencerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sciencerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'science', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="28b3e6a0fc9b3a3fbf37e4399ae922cdc074c0c4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_ed623",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_sciencerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sciencerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'science', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'science', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="80a0a9ef1bd65a865841b24b97415f0cb501a7c0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_0d8ae",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_sciencerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sciencerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_sciencerecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "experts", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."experts", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6cf64d50de3dd3aa22ebbd6bc5686fdaf82440f7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_70916",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_sciencerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sciencerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_sciencerecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "experts", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."experts", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e0f602b09394bbd843988326d478abbd66eb22d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_7e7f1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_sciencerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="socialrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'social-services', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="b50815078c6e01bdaa620e031526013cca3913bb",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_ba34e",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_socialrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="socialrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'social-services', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="b2289d105753ab15f26755235d5bd79c2b6c32f0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_668f3",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_socialrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="socialrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'social-services', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'social-services', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="a0319a7f686badbe52b73bb293aaa0f271dc23e7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_24fda",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_socialrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="socialrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_socialrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7d65c0b73b716fb0c061f364fac31c97ac666a43",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_f2f9e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_socialrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="socialrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_socialrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "disabled", "entered_at", "entered_by_id", "households", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "women", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."disabled", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."women", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f12f4e23794db0434754dd66227892ba4a49b300",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_8565c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_socialrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transportrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'transport', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="9bbaa059fd2a86e23d90d4001d206a2eba667436",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_642cf",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_transportrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transportrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'transport', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="53a1696a31ab6d9104258f16db26aae7ba4b6b75",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_05431",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_transportrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transportrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'transport', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'transport', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="6a1689548dcc09fe402cef24266097f5761d0252",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_91fb1",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_transportrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transportrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_transportrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "hardened_km", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_km", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."hardened_km", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."road_km", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1549c515e5f38e05062b3bc742a27162728240f3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_4a9b3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_transportrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transportrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_transportrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "hardened_km", "id", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_km", "sent_key", "sites", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."hardened_km", old_values."id", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."road_km", old_values."sent_key", old_values."sites", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ec3d3102685d7bc108c5d71f7d248a9c09389d08",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_083e6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_transportrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'water-conservancy', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="1f2d678a8278e3181270d0db97c6f5619e239106",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_fc3c3",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_waterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'water-conservancy', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="850d09819c5edf0d4338bcf91a7fdd57b052adfe",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_458c9",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_waterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'water-conservancy', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'water-conservancy', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="88f340a121867663ce71e8b26d68ec91e4cec774",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_c3025",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_waterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_waterrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "irrigated", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "works", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."irrigated", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."works", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2a522f95376fd5d0bd2c26e1061a9cc091f1cfb8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_bcb19",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_waterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waterrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_waterrecordevent" ("allowance", "approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "households", "id", "irrigated", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "works", "year") SELECT old_values."allowance", old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."households", old_values."id", old_values."irrigated", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."works", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed424384998a93140dba9767c7eb0b11583052d6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_1152e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_waterrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workreliefrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'work-relief', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="84fb4810902cf9c29825827ce49400e80ce90198",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_dirty_insert_d6395",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="programmes_workreliefrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workreliefrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'work-relief', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows) AS changed; RETURN NULL;",
                            hash="a9aff98436a4abf76864b71096ae980ec03e62a7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_mark_dirty_update_95e7d",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="programmes_workreliefrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workreliefrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_dirty_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO programmes_dirtycell (programme, year, county_id, at) SELECT DISTINCT 'work-relief', year, county_id, clock_timestamp() FROM (SELECT year, county_id FROM old_rows) AS changed; \n    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)\n    SELECT DISTINCT 'work-relief', o.year, p.county_id, 'current', clock_timestamp()\n    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)\n    WHERE NOT p.stood AND p.county_id IS NOT NULL;\nRETURN NULL;",
                            hash="0b0b6c58b45950c5ce90a33c6021119f12ca617d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_mark_dirty_delete_30778",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="programmes_workreliefrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workreliefrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_workreliefrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "id", "labour_days", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "wages", "women", "workers", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."labour_days", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."quantity", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."wages", old_values."women", old_values."workers", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b330186c666cf2ba9b2f64f652fdbb33314c1e1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_37bdb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="programmes_workreliefrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workreliefrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deleted_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programmes_workreliefrecordevent" ("approved_at", "approved_by_id", "area_id", "breakdown", "confirmed_at", "confirmed_by_id", "county_id", "entered_at", "entered_by_id", "id", "labour_days", "nil", "note", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sent_key", "spent", "state", "submitted_at", "submitted_by_id", "township_id", "version", "wages", "women", "workers", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."area_id", old_values."breakdown", old_values."confirmed_at", old_values."confirmed_by_id", old_values."county_id", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."labour_days", old_values."nil", old_values."note", old_values."people", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."quantity", old_values."sent_key", old_values."spent", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."township_id", old_values."version", old_values."wages", old_values."women", old_values."workers", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d7b603f275696ba48b9db104d1290c6c6835a99c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_deleted_delete_1a899",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="programmes_workreliefrecord",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
