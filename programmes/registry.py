"""Finds the programmes. A programme is known as soon as its record model exists."""

from django.apps import apps
from django.http import Http404
from django.utils.translation import gettext as _

from programmes.models import Record


def programmes() -> list[type[Record]]:
    """Return the record model of every programme, in the order in which pages offer them."""
    models = (model for model in apps.get_app_config("programmes").get_models() if issubclass(model, Record))
    return sorted(models, key=lambda model: (model.order, model.code))


def programme_choices() -> list[tuple[str, str]]:
    return [(model.code, str(model.label)) for model in programmes()]


def find_programme(code: str) -> type[Record] | None:
    """Return the record model of the programme with this code, if there is one."""
    return next((model for model in programmes() if model.code == code), None)


def label_of(code: str) -> str:
    """What a programme is called; the code itself where there is none of it."""
    model = find_programme(code)
    return str(model.label) if model else code


def get_programme_or_404(code: str) -> type[Record]:
    """Return the record model of the programme with this code; raises Http404 that names the code."""
    model = find_programme(code)
    if model is None:
        raise Http404(_("There is no programme “%(code)s”.") % {"code": code})
    return model
