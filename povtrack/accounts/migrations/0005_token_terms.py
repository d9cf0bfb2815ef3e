import django.db.models.deletion
from django.db import migrations, models

# Tokens that were made before had all rights of their owners, and no name.
OLD = "INSERT INTO accounts_tokenterms (token_id, name, writes) SELECT digest, token_key, true FROM knox_authtoken"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_token"),
        ("knox", "0009_extend_authtoken_field"),
        ("villages", "0005_told_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="TokenTerms",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="knox.authtoken",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("writes", models.BooleanField(default=False, verbose_name="may write")),
                ("used_at", models.DateTimeField(null=True, verbose_name="last used")),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                        verbose_name="only for this area",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a token",
                "verbose_name_plural": "terms of tokens",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="accounts_tokenterms_named"
                    )
                ],
            },
        ),
        migrations.RunSQL(OLD, migrations.RunSQL.noop),
    ]
