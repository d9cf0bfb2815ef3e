from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.models import Jurisdiction, User

LIFETIMES = [(1, _("1 day")), (30, _("30 days")), (90, _("90 days")), (365, _("1 year"))]
ACCESS = [("read", _("Read only")), ("write", _("Read and write"))]


class TokenForm(forms.Form):
    """What a token is for. Cleaned: `name`, `writes`, `area` (None: wherever its owner may read), `days`."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What the program is called, so that you know which to revoke.")
    )
    access = forms.ChoiceField(label=_("May"), choices=ACCESS, initial="read")
    area = forms.CharField(
        label=_("Only for the area with this code"),
        max_length=20,
        required=False,
        help_text=_("Leave it empty for all areas of yours."),
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=LIFETIMES, coerce=int, initial=90)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_area(self) -> Any:
        """Find the area that carries the code today."""
        code = self.cleaned_data["area"].strip()
        if not code:
            return None
        areas: Any = Jurisdiction._meta.get_field("area").related_model
        found = areas.objects.visible_to(self._user).standing().filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("No area of yours has the code %(code)s today."), params={"code": code})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {**cleaned, "writes": cleaned.get("access") == "write"}

    def terms(self) -> dict[str, Any]:
        """What `make_token` asks for."""
        return {name: self.cleaned_data[name] for name in ("name", "writes", "area", "days")}
