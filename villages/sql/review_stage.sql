-- Keep every difference for a person to decide, in the order in which they are looked through.
INSERT INTO villages_listrow
    (review_id, outcome, level, "group", line, area_id, area_kind, code, name, name_latin, parent_code,
     old_code, old_name, old_parent_code, evidence, decision)
SELECT %(review)s, outcome, level, county, line, area_id, kind, code, name, name_latin, parent,
       old_code, old_name, old_parent, evidence, 'open'
FROM (
    SELECT CASE outcome WHEN 'level' THEN 'other' ELSE outcome END AS outcome, level, county, line, area_id,
           coalesce(nullif(kind, ''), old_kind, 'ordinary') AS kind, code, name, name_latin, parent,
           coalesce(old_code, '') AS old_code, coalesce(old_name, '') AS old_name,
           coalesce(old_parent, '') AS old_parent, coalesce(evidence, '') AS evidence
    FROM list_plan
    WHERE outcome <> 'same' AND NOT first
    UNION ALL
    SELECT 'gone', level, county, NULL, area_id, kind, '', '', '', '', code, name, parent, evidence FROM list_gone
) AS difference
ORDER BY outcome, level, county, code, old_code;
