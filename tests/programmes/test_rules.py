"""The rules of a programme say the same in Python and in the database."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.catalogue.dew import DewRecord

FIGURES = st.one_of(st.none(), st.integers(-2, 6))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=st.fixed_dictionaries({m.name: FIGURES for m in DewRecord.measures()}), nil=st.booleans())
def test_python_and_database_agree(world, figures, nil):
    broken = [rule for rule in DewRecord.hard_rules if rule.broken(figures)]
    refused = bool(broken) or (nil and any(f is not None for f in figures.values()))
    record = DewRecord(
        area=world["Huawu"],
        year=2010,
        county=world["520524"],
        township=world["520524100"],
        entered_at=timezone.now(),
        entered_by=world.clerk,
        nil=nil,
        **figures,
    )
    expected = pytest.raises(IntegrityError, match=any_of(broken, nil=nil)) if refused else nullcontext()
    with expected, transaction.atomic():
        record.save()
        transaction.set_rollback(True)


def any_of(broken, *, nil):
    """A pattern of the constraints that may refuse: PostgreSQL names the first that it meets."""
    return "|".join([*map(rule_name, broken), *(["dewrecord_nil_is_empty"] if nil else [])])


def rule_name(rule):
    return (
        f"dewrecord_{'_within_'.join(rule.fields)}"
        if len(rule.fields) == 2
        else f"dewrecord_{rule.fields[0]}_not_negative"
    )


def test_every_rule_is_a_named_constraint_with_words():
    constraints = {c.name: c for c in DewRecord._meta.constraints}
    for rule in DewRecord.hard_rules:
        assert str(constraints[rule_name(rule)].violation_error_message) == str(rule.summary())
