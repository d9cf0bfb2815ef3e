-- The areas of one level that stand in the registry and not in the list. A list speaks only of the places whose parent
-- it names (or whose parent is gone itself), so that the list of one county does not bury its neighbours.
INSERT INTO list_gone (area_id, level, code, name)
SELECT standing.area_id, standing.level, standing.code, standing.name
FROM standing
JOIN standing AS above ON above.area_id = standing.parent_id
LEFT JOIN standing AS top ON top.area_id = above.parent_id AND above.kind = 'placeholder'
WHERE standing.level = %(level)s
  AND standing.kind <> ALL (%(left_out)s)
  AND NOT EXISTS (SELECT FROM list_row AS row WHERE row.code = standing.code)
  AND (
      EXISTS (SELECT FROM list_row AS row WHERE row.parent IN (above.code, top.code) AND row.level = %(level)s)
      OR EXISTS (SELECT FROM list_gone AS gone WHERE gone.area_id = above.area_id)
  );
