"""Forms of the registry: one for each kind of boundary change, and how places are picked in them."""

from villages.forms.base import ChangeForm, DocumentForm
from villages.forms.changes import (
    AbolishForm,
    CreateForm,
    MergeForm,
    RecodeForm,
    RenameForm,
    TransferForm,
)
from villages.forms.filled import filled
from villages.forms.shares import SharesForm
from villages.forms.split import SplitForm
from villages.models import BoundaryChange

FORMS: dict[str, type[ChangeForm]] = {
    form.kind.value: form
    for form in (RenameForm, RecodeForm, TransferForm, MergeForm, SplitForm, CreateForm, AbolishForm)
}
assert set(FORMS) == set(BoundaryChange.Kind.values)

__all__ = ["FORMS", "ChangeForm", "DocumentForm", "SharesForm", "filled"]
