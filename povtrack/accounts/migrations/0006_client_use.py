"""Requests to the API are counted in a table of their own, which is not worth a place in the log of the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_token_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientUse",
            fields=[
                ("client", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("span", models.BigIntegerField()),
                ("used", models.IntegerField()),
                ("used_before", models.IntegerField()),
            ],
            options={
                "verbose_name": "use of the API",
                "verbose_name_plural": "uses of the API",
            },
        ),
        migrations.RunSQL("ALTER TABLE accounts_clientuse SET UNLOGGED;", "ALTER TABLE accounts_clientuse SET LOGGED;"),
    ]
