"""The member municipalities and what each of them pays."""

from decimal import Decimal

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


def split_by_population(amount: Decimal, populations: dict[str, int], *, unit: Decimal) -> dict[str, Decimal]:
    """Split a sum by population so that the parts, in whole units, make exactly the sum.

    The largest remainders get the units that rounding down leaves over; equal remainders follow the order
    of the keys. `unit` is the smallest part paid: `Decimal("1")` for whole euros, `Decimal("0.01")` for
    cents. Source of the rule: `ContributionShare` in the model (largest remainder).

    Raises ValueError when there is nobody to split among or the sum is no whole number of units.
    """
    total = sum(populations.values())
    units = amount / unit
    if total <= 0 or units != units.to_integral_value():
        raise ValueError("A sum is split among at least one resident, in whole units.")
    exact = {key: units * count / total for key, count in populations.items()}
    parts = {key: share // 1 for key, share in exact.items()}
    left_over = int(units - sum(parts.values()))
    by_remainder = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in by_remainder[:left_over]:
        parts[key] += 1
    return {key: count * unit for key, count in parts.items()}
