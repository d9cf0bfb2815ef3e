"""The kinds of errors of the API: their short names, which end the address that tells of them, and their words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ProblemKind:
    """What all errors of one status have in common. `response` is its name among the shared responses of the schema."""

    code: str
    status: int
    title: str | Promise
    meaning: str | Promise

    @property
    def response(self) -> str:
        return "".join(part.title() for part in self.code.split("-"))

    def address(self) -> str:
        return reverse("api-problem-detail", kwargs={"code": self.code})


KINDS = (
    ProblemKind(
        "invalid", 400, _("The request is not right."),
        _("Something in the address or in what was sent can't be used. Each error says where, and what would do."),
    ),
    ProblemKind(
        "not-signed-in", 401, _("You are not signed in."),
        _("Send a token in the header Authorization: Token …. You make one on the page of your account."),
    ),
    ProblemKind(
        "not-allowed", 403, _("You may not do this."),
        _("Your roles or areas do not allow it, or the round is not open. Nothing was written."),
    ),
    ProblemKind(
        "not-found", 404, _("There is nothing here for you."),
        _("It does not exist, or it lies outside your areas; the API does not tell which."),
    ),
    ProblemKind("wrong-method", 405, _("This can't be done here."), _("The header Allow says what can.")),
    ProblemKind("not-acceptable", 406, _("There is no such form of this."), _("The error says which forms there are.")),
    ProblemKind(
        "conflict", 409, _("It does not go together with what stands."),
        _(
            "Someone else wrote it meanwhile, it is approved, or the ledger does not allow it. Nothing was written. "
            "“theirs” is what now stands, “would_be” the balance that an allocation would have."
        ),
    ),
    ProblemKind(
        "gone", 410, _("This is no longer told."),
        _("The feed does not go back so far for you. Begin anew: load the lists, and go on from a new cursor."),
    ),
    ProblemKind(
        "changed", 412, _("It has changed since you read it."),
        _(
            "The header If-Match names another version than the one that stands. Nothing was written. “theirs” is what "
            "now stands, “changed_by” and “changed_at” tell who wrote it and when."
        ),
    ),
    ProblemKind("version-missing", 428, _("Say which version you saw."),
        _(
            "What exists is changed only by whoever says which version they saw: in the header If-Match, or in the "
            "field “version”. Nothing was written."
        ),
    ),
    ProblemKind("too-large", 413, _("This is too much at once."), _("Send it, or ask for it, in parts.")),
    ProblemKind("wrong-type", 415, _("What was sent is of a type that is not read here."), _("Send JSON.")),
    ProblemKind(
        "out-of-range", 416, _("There are no such bytes."),
        _("The header Range begins behind the end of the file; Content-Range says how long it is."),
    ),
    ProblemKind(
        "too-many", 429, _("You have asked too often."), _("Wait the seconds that the header Retry-After says.")
    ),
    ProblemKind(
        "broken", 500, _("Something went wrong here."),
        _("It is no fault of yours. Tell those who run this the number in “instance”."),
    ),
)  # fmt: skip
_BY_STATUS = {kind.status: kind for kind in KINDS}


def kind_of(status: int) -> ProblemKind:
    """Return the kind of a status; one that has none of its own is the fault of whoever is nearer."""
    return _BY_STATUS.get(status) or _BY_STATUS[400 if status < 500 else 500]
