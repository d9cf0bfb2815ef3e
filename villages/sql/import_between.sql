-- A list may leave out the placeholders between provinces and counties: what it says belongs to one of which neither it
-- nor the registry knows, belongs to the place above that.
UPDATE list_row AS row
SET parent = left(row.parent, %(length)s)
WHERE row.parent ~ %(placeholders)s
  AND NOT EXISTS (SELECT FROM list_row AS above WHERE above.code = row.parent)
  AND NOT EXISTS (SELECT FROM standing WHERE standing.code = row.parent);
