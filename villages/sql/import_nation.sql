-- The nation on top, which the files themselves do not name.
INSERT INTO list_row (file, line, level, kind, code, name, name_latin, parent, rejected)
VALUES (0, 1, 0, 'ordinary', %(code)s, %(name)s, %(latin)s, '', false);
