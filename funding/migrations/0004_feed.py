"""Entries of the ledger tell the feed of changes that they were made."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import povtrack.lib.migrations


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0001_initial"),
        ("funding", "0003_fund_totals"),
    ]

    operations = [
        povtrack.lib.migrations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="adjustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT 'adjustments', a.programme, e.id, a.area_id, NULL::bigint[], 'created', NULL::int\n        FROM (SELECT id, allocation_id FROM new_rows) AS e (id, allocation_id) JOIN funding_allocation a ON a.id = e.allocation_id\n     UNION ALL \n        SELECT DISTINCT 'allocations', a.programme, a.id, a.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT allocation_id FROM new_rows UNION SELECT a.parent_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id) AS t (id) JOIN funding_allocation a ON a.id = t.id\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="0972cc772f38dede4bd3b3688518ee2895d31421",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_84dd7",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_adjustment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="allocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT 'allocations', a.programme, e.id, a.area_id, NULL::bigint[], 'created', NULL::int\n        FROM (SELECT id, id AS allocation_id FROM new_rows) AS e (id, allocation_id) JOIN funding_allocation a ON a.id = e.allocation_id\n     UNION ALL \n        SELECT DISTINCT 'allocations', a.programme, a.id, a.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT parent_id FROM new_rows) AS t (id) JOIN funding_allocation a ON a.id = t.id\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="43be39aa1ce938895533606257cd1c064f55d878",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_0e41b",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_allocation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT 'payments', a.programme, e.id, a.area_id, NULL::bigint[], 'created', NULL::int\n        FROM (SELECT id, allocation_id FROM new_rows) AS e (id, allocation_id) JOIN funding_allocation a ON a.id = e.allocation_id\n     UNION ALL \n        SELECT DISTINCT 'allocations', a.programme, a.id, a.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT allocation_id FROM new_rows) AS t (id) JOIN funding_allocation a ON a.id = t.id\n     UNION ALL \n        SELECT 'payments', a.programme, e.id, a.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT reverses_id, allocation_id FROM new_rows WHERE reverses_id IS NOT NULL) AS e (id, allocation_id) JOIN funding_allocation a ON a.id = e.allocation_id\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="f1edfa1c23c929e73546fd12642b7f7dec67f7be",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_8312b",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="funding_payment",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
