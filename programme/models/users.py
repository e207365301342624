"""People, the posts they hold, and what a post may do."""

from typing import Any, NamedTuple

import pghistory
import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from programme import clock


class PowerHeld(NamedTuple):
    """A power that a person has today by a post of theirs, or of somebody for whom they stand in."""

    programme_id: int
    power: str
    in_place_of: int | None


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; without a password nobody can sign in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator: what Django's command `createsuperuser` calls."""
        return self.create_user(email, password, **fields, is_administrator=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in with an e-mail address. What they may do follows from posts and memberships."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    single_keys = models.BooleanField(
        _("keys of one letter"),
        default=True,
        help_text=_("N adds a row, J and K change the line: off, a letter alone does nothing."),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_administrator = models.BooleanField(
        _("administrator"),
        default=False,
        help_text=_("Looks after accounts, roles and settings; is not thereby allowed to write content."),
    )
    persona = models.SlugField(
        _("sample persona"),
        blank=True,
        help_text=_("Code by which the sample’s sign-in page knows this person; empty for real people."),
    )
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email_address"),
            models.UniqueConstraint(
                fields=["persona"], condition=~models.Q(persona=""), name="one_account_per_sample_persona"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this: administrators alone come in."""
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        """Nobody is above the rules."""
        return False

    @cached_property
    def powers_held(self) -> list[PowerHeld]:
        """What a person may do today by posts, of their own and of those for whom they stand in: one query.

        A post ends at its programme, and a substitute hands nothing on to another.
        """
        today, holdings = clock.today(), self.holdings.model
        away = self.stands_in_for.on(today).filter(absent=models.OuterRef("user"))
        handed_over = models.Q(
            models.Exists(away), user__is_active=True, post__power__in=holdings.HANDED_OVER
        )
        rows = holdings.objects.on(today).filter(models.Q(user=self) | handed_over).exclude(post__power="")
        return [
            PowerHeld(programme, power, None if holder == self.pk else holder)
            for programme, power, holder in rows.values_list("post__programme_id", "post__power", "user_id")
        ]

    @property
    def powers(self) -> set[tuple[int, str]]:
        """Programme and power of each post that a person may act in today."""
        return {(held.programme_id, held.power) for held in self.powers_held}

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Say whether a named rule lets this person act. Unknown rules refuse."""
        return self.is_active and rules.has_perm(permission, self, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_administrator
