-- Every form of provinces, prefectures and counties that the registry holds.
SELECT area.level, area.kind, version.code, version.name, above.code, lower(version.valid), upper(version.valid)
FROM villages_areaversion AS version
JOIN villages_area AS area ON area.id = version.area_id
LEFT JOIN LATERAL (
    SELECT parent.code FROM villages_areaversion AS parent
    WHERE parent.area_id = version.parent_id AND parent.valid @> lower(version.valid)
) AS above ON true
WHERE area.level < 4;
