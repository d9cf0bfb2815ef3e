"""How filters refuse what they do not know: with what is known, and the nearest to what was written."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import status
from rest_framework.request import Request

from povtrack.lib.rest.nearest import did_you_mean, nearest
from povtrack.lib.rest.refusals import Fault, Refusal

_HOOKS = ("filter_queryset", "qs", "is_valid", "get_form_class", "__init__")
_MOST_CODES = 1000  # of a list that a misspelt code is looked for in


class FilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Answers all that is wrong with the filters of a request at once."""

    raise_exception = False

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Return what a list keeps. Where nothing is asked of plain filters, their form is not even made."""
        known = getattr(view, "filterset_class", None)
        if known is None or (is_plain(known) and known.base_filters.keys().isdisjoint(request.query_params)):
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        # The form has a field for each filter, and most of the time that takes goes to those that nobody asked for.
        filterset.filters = {name: one for name, one in filterset.filters.items() if _is_asked(name, one, request)}
        if not filterset.is_valid():
            raise Refusal(status.HTTP_400_BAD_REQUEST, *faults_of(filterset.form))
        return filterset.qs


def _is_asked(name: str, one: Any, request: Request) -> bool:
    return name in request.query_params or bool(one.extra.get("required"))


@cache
def is_plain(filters: Any) -> bool:
    """Tell whether a filterset keeps everything where nothing is asked of it."""
    own = any(getattr(filters, name) is not getattr(FilterSet, name) for name in _HOOKS)
    return not own and not any(
        one.extra.get("required") or one.extra.get("initial") is not None for one in filters.base_filters.values()
    )


def faults_of(form: forms.Form) -> list[Fault]:
    """Return what is wrong with a form, each with its place, and what may have been meant."""
    found = []
    for name, errors in form.errors.get_json_data().items():
        known = _known(form.fields.get(name))
        for error in errors:
            value = str(form.data.get(name, ""))
            if error["code"] != "invalid_choice" or not known:
                found.append(Fault(error["code"] or "invalid", error["message"], name))
                continue
            words = error["message"] if _is_code(form.fields[name]) else _("“%(value)s” is not known here.")
            words = words % {"value": value} if "%(value)s" in words else words
            more = {"nearest": nearest(value, known)}
            found.append(Fault("unknown", words + did_you_mean(value, known), name, more=more))
    return found


def _is_code(field: Any) -> bool:
    return isinstance(field, forms.ModelChoiceField)


def _known(field: Any) -> list[str]:
    """Return the words that a field takes, unless they are keys, which say nothing."""
    if isinstance(field, forms.ModelChoiceField):
        if field.to_field_name in (None, "pk", "id"):
            return []
        codes: Any = field.queryset
        return [str(code) for code in codes.values_list(field.to_field_name, flat=True)[:_MOST_CODES]]
    return [str(code) for code, _label in getattr(field, "choices", ()) if str(code)]
