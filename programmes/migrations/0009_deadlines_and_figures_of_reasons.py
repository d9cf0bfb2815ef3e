"""The day until which what was given back can be mended, the figure that a remark is about, and what waits for review.

Reopenings of before keep no day: what was reopened can be mended as long as the round goes on, as it was meant to be.
Nor do remarks of before say which figure they explain, so that they count as the reason for none.
"""

from django.db import migrations, models
from django.db.models import Q

import povtrack.lib.migrations

PROGRAMMES = (
    "agritech", "dew", "ecology", "education", "housing", "industry", "loan", "mutualfund", "pilot", "plan", "power",
    "profile", "relocation", "science", "social", "transport", "water", "workrelief",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_seat_only_what_has_records")]

    operations = [
        migrations.AddField(
            model_name="extension",
            name="is_reopening",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Made by the reopening of records, for them alone: it gives no other record more time.",
                verbose_name="of a reopening",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="figure",
            field=models.CharField(blank=True, max_length=40, null=True, verbose_name="on"),
        ),
        migrations.AddField(
            model_name="reviewstep",
            name="until",
            field=models.DateField(
                blank=True,
                help_text=(
                    "The last day on which what was given back can be mended; blank: as long as the round goes on."
                ),
                null=True,
                verbose_name="until",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewstep",
            index=models.Index(
                condition=Q(("until__isnull", False)),
                fields=["programme", "year", "until"],
                name="programmes_reviewstep_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewstep",
            constraint=models.CheckConstraint(
                condition=Q(("kind__in", ["returned", "reopened"]), ("until", None), _connector="OR"),
                name="programmes_reviewstep_only_given_back_until",
            ),
        ),
        povtrack.lib.migrations.Together(
            [
                migrations.AddIndex(
                    model_name=f"{programme}record",
                    index=models.Index(
                        condition=Q(("state__in", ("submitted", "confirmed"))),
                        fields=["year", "county"],
                        name=f"{programme}record_waits",
                    ),
                )
                for programme in PROGRAMMES
            ]
        ),
    ]
