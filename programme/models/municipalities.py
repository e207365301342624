"""The member municipalities and what each of them pays."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import InForceQuerySet, ends_after_it_begins, one_term_at_a_time, translated
from programme.models.programme import Programme


@pghistory.track()
class Municipality(models.Model):
    """A municipality of the region."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    number = models.CharField(_("municipality number"), max_length=3, unique=True)
    name = translated(_("name"), max_length=100)
    form = models.CharField(_("form"), max_length=40, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class MunicipalityMembership(models.Model):
    """A municipality takes part in a programme from a day until a day."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="municipality_memberships"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "municipality"]
        verbose_name = _("membership of a municipality")
        verbose_name_plural = _("memberships of municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality", "starts_on"], name="one_membership_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}"


@pghistory.track()
class MunicipalContact(models.Model):
    """A person sees a programme as their municipality does, from a day until a day."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="municipal_contacts")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="municipal_contacts"
    )
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "municipality"]
        verbose_name = _("municipal contact")
        verbose_name_plural = _("municipal contacts")
        constraints = [
            ends_after_it_begins("a_contact_ends_after_it_begins"),
            one_term_at_a_time(
                "programme", "municipality", name="one_contact_per_person_municipality_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.user_id}"


@pghistory.track()
class ContributionKey(models.Model):
    """What the shares of one year are split by: whose count of the residents, of which day.

    Its municipalities and their populations are its shares (`ContributionShare`). `reason` is that of the
    latest change; the earlier ones stand in the trail.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="contribution_keys")
    year = models.PositiveIntegerField(_("year"))
    counted_on = models.DateField(_("residents counted on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    deducts_advances = models.BooleanField(
        _("what was carried from earlier years is deducted from the bills"), default=False
    )
    reason = models.TextField(_("reason for the change"), blank=True)

    class Meta:
        ordering = ["programme", "year"]
        verbose_name = _("key of contributions")
        verbose_name_plural = _("keys of contributions")
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_contribution_key_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


@pghistory.track()
class ContributionShare(models.Model):
    """A municipality's population and its share of the municipalities' contributions of one year, euros."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="contribution_shares")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="shares")
    year = models.PositiveIntegerField(_("year"))
    population = models.PositiveIntegerField(_("population"))
    amount = models.DecimalField(_("share, euros"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["programme", "year", "municipality"]
        verbose_name = _("contribution share")
        verbose_name_plural = _("contribution shares")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality", "year"], name="one_share_per_municipality_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}"


EURO, CENT = Decimal(1), Decimal("0.01")

Key = TypeVar("Key", int, str)


def unit_of(amount: Decimal) -> Decimal:
    """Return the unit in which a sum is split: whole euros as billed, cents where it has any."""
    return EURO if amount == amount.to_integral_value() else CENT


def split_by_population(
    amount: Decimal, populations: Mapping[Key, int], *, unit: Decimal
) -> dict[Key, Decimal]:
    """Split a sum by population so that the parts, in whole units, make exactly the sum.

    The largest remainders get the units that rounding down leaves over; equal remainders follow the order
    of the keys. A negative sum is split as its opposite: what is carried over and what takes it back part
    alike. `unit` is the smallest part: `Decimal("1")` for whole euros, `Decimal("0.01")` for cents.
    Source of the rule: `ContributionShare` in the model (largest remainder).

    Raises ValueError when there is nobody to split among or the sum is no whole number of units.
    """
    total = sum(populations.values())
    units = abs(amount) / unit
    if total <= 0 or units != units.to_integral_value():
        raise ValueError("A sum is split among at least one resident, in whole units.")
    # Whole numbers throughout: a division of decimals would round, and two equal remainders could differ.
    divided = {key: divmod(int(units) * count, total) for key, count in populations.items()}
    parts = {key: whole for key, (whole, _remainder) in divided.items()}
    left_over = int(units) - sum(parts.values())
    by_remainder = sorted(divided, key=lambda key: (-divided[key][1], key))
    for key in by_remainder[:left_over]:
        parts[key] += 1
    sign = -1 if amount < 0 else 1
    return {key: sign * count * unit for key, count in parts.items()}
