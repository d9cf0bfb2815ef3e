from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from povtrack.accounts.roles import ABILITIES, Ability, Role
from povtrack.lib.paths import is_under


class User(AbstractUser):
    """One person who signs in. What they may see and change is in their jurisdictions, never in a flag here."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]

    terms: "TokenTerms | None" = None  # of the token that speaks for this user in this request
    known_holds: list[tuple[str, int, str]] | None = None  # what they hold, where the sign-in has read it
    _password: str | None  # Django's: the password that was set and is not saved yet

    @property
    def label(self) -> str:
        """The name shown to colleagues, family name first as in the registers."""
        return f"{self.last_name} {self.first_name}".strip() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and end this user's tokens with their password: whoever has to take an account back takes back all.

        Here, so that neither a page nor a command can forget it. A password that is only hashed anew is no other one.
        """
        ended = bool(self.pk) and (self._password is not None or not self.has_usable_password())
        with transaction.atomic():
            super().save(*args, **kwargs)
            if ended:
                AuthToken.objects.filter(user=self).delete()

    def holds(self) -> list[tuple[str, int, str]]:
        """Return the roles of this user: role, id and path of the area. A token may hold less than its owner."""
        held = self.known_holds
        if held is None:
            held = list(self.jurisdictions.values_list("role", "area_id", "area__path"))
        return self.terms.narrowed(held) if self.terms else held

    @cached_property
    def _held(self) -> list[tuple[str, int]]:
        if self.terms is None:  # nothing to narrow: every page asks this, and needs no paths
            return list(self.jurisdictions.values_list("role", "area_id"))
        return [(role, area_id) for role, area_id, _path in self.holds()]

    def known_paths(self, ability: Ability) -> list[str] | None:
        """Return the paths of these areas, where they are known without asking for them."""
        if self.known_holds is None:
            return None
        allowed = set(self.area_ids(ability))
        return [path for _role, area_id, path in self.holds() if area_id in allowed]

    def area_ids(self, ability: Ability) -> list[int]:
        """Return the ids of the areas on whose subtrees this user holds `ability`. One query per request."""
        if self.terms and not self.terms.writes and ability != Ability.READ:
            return []
        return [area_id for role, area_id in self._held if ability in ABILITIES[Role(role)]]

    def can(self, ability: Ability) -> bool:
        """Tell whether this user holds `ability` anywhere."""
        return bool(self.is_active and self.area_ids(ability))


class Jurisdiction(models.Model):
    """One role that one user holds on one area and its whole subtree."""

    user = models.ForeignKey(User, models.CASCADE, related_name="jurisdictions", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    area = models.ForeignKey("villages.Area", models.PROTECT, related_name="jurisdictions", verbose_name=_("area"))

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area"],
                name="accounts_jurisdiction_once",
                violation_error_message=_("This user already holds this role on this area."),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="accounts_jurisdiction_role_known",
                violation_error_message=_("There is no such role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.area}"


class Token(AuthToken):  # type: ignore[misc]
    """A token as admins see it: by the beginning that its owner sees too, and without its hash."""

    class Meta:
        proxy = True
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.token_key}, {self.user}"


class TokenTerms(models.Model):
    """What a token is for, and how much of its owner's rights it has."""

    token = models.OneToOneField(AuthToken, models.CASCADE, primary_key=True, related_name="terms")
    name = models.CharField(_("name"), max_length=60)
    writes = models.BooleanField(_("may write"), default=False)
    # No row goes that narrows a token: it would have all rights then.
    area = models.ForeignKey(
        "villages.Area", models.PROTECT, null=True, related_name="+", verbose_name=_("only for this area")
    )
    used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("terms of a token")
        verbose_name_plural = _("terms of tokens")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="accounts_tokenterms_named")]

    def __str__(self) -> str:
        return self.name

    def narrowed(self, held: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
        """Of what its owner holds (role, id and path of the area), what lies in the area of this token."""
        if self.area_id is None:
            return held
        own = self.area_id, self.path
        inside = [(role, pk, path) for role, pk, path in held if is_under(path, [self.path])]
        above = [(role, *own) for role, pk, path in held if pk != own[0] and is_under(self.path, [path])]
        return inside + above

    @cached_property
    def path(self) -> str:
        """The path of its area, if it has one."""
        return str(self.area.path) if self.area else ""


class ClientUse(models.Model):
    """How often one program, or one person's browser, has asked the API in this span of time and in the one before.

    The table is not logged: after a crash everybody begins at nothing.
    """

    client = models.CharField(max_length=200, primary_key=True)
    span = models.BigIntegerField()  # number of the span since 1970
    used = models.IntegerField()
    used_before = models.IntegerField()

    class Meta:
        verbose_name = _("use of the API")
        verbose_name_plural = _("uses of the API")

    def __str__(self) -> str:
        return f"{self.client}: {self.used}"


class Notice(models.Model):
    """One sentence that every page shows on top, such as that the figures are for demonstration."""

    class Kind(models.TextChoices):
        DEMONSTRATION = "demonstration", _("Demonstration: real places, invented figures.")
        OTHER = "other", _("as written below")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OTHER)
    text = models.CharField(_("text"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="other", text=""),
                name="accounts_notice_says_something",
                violation_error_message=_("Write the text of the notice."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())
