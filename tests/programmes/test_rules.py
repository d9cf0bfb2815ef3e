"""The rules of a programme say the same in Python and in the database."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.catalogue.dew import DewRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.measures import Count
from programmes.models import Record
from programmes.registry import programmes

FIGURES = st.one_of(st.none(), st.integers(-2, 6))
OF_KIND = {"flag": st.one_of(st.none(), st.booleans()), "code": st.one_of(st.none(), st.just("520524"))}
# One of each shape: parts of wholes, a balance, kinds with flags and codes.
MODELS = [DewRecord, MutualFundRecord, ProfileRecord, RelocationRecord]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), nil=st.booleans())
def test_python_and_database_agree(world, model, data, nil):
    figures = {m.name: data.draw(OF_KIND.get(m.kind, FIGURES)) for m in model.measures()}
    if data.draw(st.booleans()):
        figures = _balanced(model, figures)
    broken = [rule for rule in model.hard_rules if rule.broken(figures)]
    refused = bool(broken) or (nil and any(f is not None for f in figures.values()))
    record = model(
        area=world["Huawu"],
        year=2010,
        breakdown=model.breakdowns()[0],
        county=world["520524"],
        township=world["520524100"],
        entered_at=timezone.now(),
        entered_by=world.clerk,
        nil=nil,
        **figures,
    )
    expected = pytest.raises(IntegrityError, match=any_of(model, broken, nil=nil)) if refused else nullcontext()
    with expected, transaction.atomic():
        record.save()
        transaction.set_rollback(True)


def _balanced(model, figures):
    """Let the closing balance be what came in less what went out, as chance would hardly ever have it."""
    for rule in model.balances:
        came = sum(figures[name] or 0 for name in rule.plus) - sum(figures[name] or 0 for name in rule.minus)
        figures = {**figures, rule.closing: came}
    return figures


def any_of(model, broken, *, nil):
    """A pattern of the constraints that may refuse: PostgreSQL names the first that it meets."""
    table = model.__name__.lower()
    names = [f"{table}_{rule.name}" for rule in broken]
    return "|".join([*names, *([f"{table}_nil_is_empty"] if nil else [])])


@pytest.mark.parametrize("model", programmes(), ids=lambda model: model.code)
def test_every_rule_is_a_named_constraint_with_words(model):
    constraints = {c.name: c for c in model._meta.constraints}
    for rule in model.hard_rules:
        held = constraints[f"{model.__name__.lower()}_{rule.name}"]
        assert str(held.violation_error_message) == str(rule.summary())


@pytest.mark.parametrize("model", programmes(), ids=lambda model: model.code)
def test_every_programme_says_what_it_collects_and_where_that_is_defined(model):
    names = {measure.name for measure in model.measures()}
    assert set(model.headline) <= names
    assert "Source:" in model.__doc__
    assert model.source.startswith("White paper")
    assert len({kind.code for kind in model.kinds}) == len(model.kinds)
    for rate in model.rates:
        assert {rate.numerator, rate.denominator} <= names
    for measure in model.measures():
        assert str(measure.verbose_name)
        assert str(measure.unit_word)
        assert {measure.part_of, measure.weight} - {""} <= names


def test_a_declaration_that_can_t_work_is_refused_when_it_is_read():
    with pytest.raises(TypeError, match="must end in Record"):
        type("Bees", (Record,), {"__module__": "programmes.catalogue.bees", "code": "bees", "hives": Count("Hives")})
    taken = {"__module__": "programmes.catalogue.bees", "code": "bees", "year": Count("Year")}
    with pytest.raises(TypeError, match="“year” can't be the name of a measure"):
        type("BeeRecord", (Record,), taken)
