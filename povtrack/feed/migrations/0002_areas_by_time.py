"""Finds the areas that were written since a moment, and lets a load begin anew as the first thing it does.

The row of the transaction used to be made within the statement that marks it, which could not see it yet: a load that
had written nothing before was told neither row by row nor as a whole.
"""

from django.db import migrations, models

BEGIN_ANEW = """
CREATE OR REPLACE FUNCTION feed_begin_anew() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := feed_transaction_of_mine();
BEGIN
    UPDATE feed_feedtransaction SET anew = true WHERE id = mine;
    PERFORM set_config('povtrack.feed', 'anew', true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("feed", "0001_initial")]

    operations = [
        migrations.RunSQL(BEGIN_ANEW, migrations.RunSQL.noop),
        migrations.AddIndex(
            "feedchange",
            models.Index(fields=["transaction"], name="feed_change_of_areas", condition=models.Q(resource="areas")),
        ),
    ]
