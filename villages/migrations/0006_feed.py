"""Places tell the feed of changes what becomes of them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import povtrack.lib.migrations


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0001_initial"),
        ("villages", "0005_told_words"),
    ]

    operations = [
        povtrack.lib.migrations.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (SELECT 'areas', '', id, id, NULL::bigint[], 'created', NULL::int FROM new_rows) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="240297cc4d0a6b3cc76db6e6af272af3dfcc0668",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_9b76c",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="villages_area",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n    SELECT 'areas', '', n.id, n.id,\n           CASE WHEN o.path NOT IN ('', n.path) THEN string_to_array(rtrim(o.path, '.'), '.')::bigint[] END,\n           'changed', NULL::int\n    FROM new_rows n JOIN old_rows o USING (id)\n    WHERE (o.*) IS DISTINCT FROM (n.*)\n) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="290129edbdb1095d3e99126754d14e061325952b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_feed_update_bfc73",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="villages_area",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="area",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM old_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n    SELECT 'areas', '', id, NULL::bigint, string_to_array(rtrim(path, '.'), '.')::bigint[], 'deleted', NULL::int\n    FROM old_rows\n) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="84146b41729e2b0325523d023e4110c5927a2228",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_feed_delete_2616c",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="villages_area",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="areaversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-history', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT area_id FROM new_rows) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="e3d214c29c6358513cc811ed3d48f79830a79109",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_f3b8c",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="villages_areaversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="areaversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-history', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT area_id FROM old_rows UNION SELECT area_id FROM new_rows) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="604f930a66418ac6ebb54a8513bb3a2703c9eb56",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_feed_update_a1295",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="villages_areaversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="areaversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM old_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-history', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT area_id FROM old_rows) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="6b324ba02de2c15e4a075d8b7cfcaae67a389783",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_feed_delete_72563",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="villages_areaversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-successions', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT place.id FROM new_rows r CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS place (id) WHERE r.effective IS NOT NULL) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="173e04480d60b65a2678caa8f8733018afb8e9a3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_feed_insert_d8fd4",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="villages_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM new_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-successions', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT place.id FROM old_rows r CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS place (id) WHERE r.effective IS NOT NULL UNION SELECT place.id FROM new_rows r CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS place (id) WHERE r.effective IS NOT NULL) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="ce2db7a224b6756f2e00be9306468daafc3f8337",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_feed_update_5eb3c",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="villages_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="feed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE noted bigint;",
                            func="\n            IF EXISTS (SELECT FROM old_rows) THEN\n                noted := feed_transaction_of_mine();\n                IF noted IS NOT NULL THEN\n                    INSERT INTO feed_feedchange\n                        (transaction_id, resource, programme, key, area, above, operation, version)\n                    SELECT noted, said.* FROM (\n        SELECT DISTINCT 'area-successions', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int\n        FROM (SELECT place.id FROM old_rows r CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS place (id) WHERE r.effective IS NOT NULL) AS touched (area_id) WHERE touched.area_id IS NOT NULL\n    ) AS said;\n                END IF;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="9f1b3b5fd43f29233c821925920c43c126840f0f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_feed_delete_5a814",
                            referencing="REFERENCING OLD TABLE AS old_rows ",
                            table="villages_succession",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
