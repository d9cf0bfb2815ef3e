-- What comes out: one row a row of the list and place on the other day, the largest share first.
SELECT row.line, row.cells, row.flaw,
       form.name AS name_from, asked.level AS level_from,
       rpad(later.code, CASE WHEN asked.zeros > 0 THEN greatest(length(row.code), length(later.code))
                        ELSE length(later.code) END, '0') AS code_to,
       later.name AS name_to, place.level AS level_to, heir.share,
       form.code AS own_code_from, later.code AS own_code_to, heir.heir_id = asked.area_id AS same,
       asked.area_id IS NOT NULL AS stood, carried.carried
FROM translate_row AS row
LEFT JOIN translate_code AS asked ON asked.code = row.code AND row.flaw = '' AND asked.area_id IS NOT NULL
LEFT JOIN villages_areaversion AS form ON form.id = asked.version_id
LEFT JOIN translate_heir AS heir ON heir.area_id = asked.area_id
LEFT JOIN villages_areaversion AS later ON later.area_id = heir.heir_id AND later.valid @> %(until)s::date
LEFT JOIN villages_area AS place ON place.id = heir.heir_id
LEFT JOIN translate_carried AS carried ON carried.code = row.code AND row.flaw = ''
ORDER BY row.number, heir.share DESC, later.code;
