UPDATE villages_listrow AS row
SET decision = 'accepted',
    change_id = CASE WHEN pick.makes_new THEN %(create)s::bigint WHEN pick.ends_old THEN %(abolish)s
                     WHEN pick.outcome = 'recoded' THEN %(recode)s WHEN pick.outcome = 'moved' THEN %(transfer)s
                     ELSE %(rename)s END
FROM pick
WHERE row.id = pick.id AND pick.reason IS NULL;
