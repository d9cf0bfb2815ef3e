"""Who a token speaks for, read in one query: each request of a program begins with it."""

from __future__ import annotations

from functools import cache
from hmac import compare_digest
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS

from povtrack.accounts.models import Jurisdiction, TokenTerms, User

_FROM = """
    SELECT {columns}, area.path, (
        SELECT json_agg(json_build_array(held.role, held.area_id, place.path) ORDER BY held.id)
        FROM accounts_jurisdiction held JOIN {places} place ON place.id = held.area_id WHERE held.user_id = owner.id
    )
    FROM knox_authtoken token
    JOIN accounts_tokenterms terms ON terms.token_id = token.digest
    JOIN accounts_user owner ON owner.id = token.user_id
    LEFT JOIN {places} area ON area.id = terms.area_id
    WHERE token.token_key = %s
"""
_READ = {"token": AuthToken, "terms": TokenTerms, "owner": User}


def owner_of(text: str) -> tuple[User, AuthToken] | None:
    """Return whom a token speaks for, with its terms and what they hold, and the token; None if it is wrong or over.

    One that is over is deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [text[: CONSTANTS.TOKEN_KEY_LENGTH]])
        rows = cursor.fetchall()
    for row in rows:
        made, (path, held) = _instances(row)
        token, terms, user = made["token"], made["terms"], made["owner"]
        if not compare_digest(hash_token(text), token.digest):
            continue
        if token.expiry is not None and token.expiry < timezone.now():
            token.delete()
            continue
        terms.path = path or ""
        user.terms, user.known_holds = terms, [(role, pk, under) for role, pk, under in held or []]
        token.user, token.terms = user, terms
        return user, token
    return None


@cache
def _statement() -> str:
    columns = [f'{alias}."{field.column}"' for alias, model in _READ.items() for field in model._meta.concrete_fields]
    places = Jurisdiction._meta.get_field("area").related_model._meta.db_table  # type: ignore[union-attr]
    return _FROM.format(columns=", ".join(columns), places=places)


def _instances(row: tuple[Any, ...]) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """Make the models of their columns; what follows these is returned as it is."""
    made, start = {}, 0
    for alias, model in _READ.items():
        names = [field.attname for field in model._meta.concrete_fields]
        made[alias] = model.from_db(DEFAULT_DB_ALIAS, names, row[start : start + len(names)])
        start += len(names)
    return made, row[start:]
