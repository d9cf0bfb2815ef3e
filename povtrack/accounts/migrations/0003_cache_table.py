from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Make the table in which sign-in failures are counted where there is no Redis; made always, so that Redis may go."""
    call_command("createcachetable", "povtrack_cache", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS povtrack_cache")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_jurisdiction_area")]
    operations = [migrations.RunPython(create, drop)]
