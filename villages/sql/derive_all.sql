-- Everything is to be derived; also what is left of areas that were taken back.
INSERT INTO derive_work (area_id, level) SELECT id, level FROM villages_area;
INSERT INTO derive_work (area_id)
SELECT DISTINCT old.area_id
FROM villages_placement AS old LEFT JOIN villages_area AS area ON area.id = old.area_id
WHERE area.id IS NULL;
ANALYZE derive_work;
