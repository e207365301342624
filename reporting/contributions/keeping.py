"""Keeping the key of a year: populations are typed, shares are computed, seen and only then saved."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme.models import (
    ContributionKey,
    ContributionShare,
    Municipality,
    MunicipalityMembership,
    MunicipalSettlement,
    Programme,
)
from programme.saving import Saved, merge_into
from reporting.contributions.income import amended, income_steps
from reporting.contributions.settling import parts_of

POPULATION = "population_"


class ProposedShare(NamedTuple):
    """A municipality's share as saved and as it would be."""

    municipality: Municipality
    population: int
    saved: Decimal | None
    amount: Decimal

    @property
    def change(self) -> Decimal | None:
        return None if self.saved is None else self.amount - self.saved


class Proposal(NamedTuple):
    """The shares as they would be saved. `seen` tells what they were computed from."""

    income: Decimal
    rows: list[ProposedShare]
    seen: str

    @property
    def population(self) -> int:
        return sum(row.population for row in self.rows)

    @property
    def change(self) -> Decimal | None:
        return None if self.saved is None else self.income - self.saved

    @property
    def saved(self) -> Decimal | None:
        """What the saved shares make; None where there are none."""
        saved = [row.saved for row in self.rows if row.saved is not None]
        return sum(saved, Decimal(0)) if saved else None


class Kept(NamedTuple):
    """What became of a key that was sent: the cells, and what its shares were computed as."""

    saved: Saved
    proposal: Proposal
    is_done: bool


def members_of_year(programme: Programme, year: int) -> list[Municipality]:
    """Return the municipalities that were members on some day of a year; one query."""
    memberships = MunicipalityMembership.objects.filter(
        programme=programme, starts_on__lte=f"{year}-12-31"
    ).exclude(until__lt=f"{year}-01-01")
    return list(Municipality.objects.filter(pk__in=memberships.values("municipality")))


def cell_of(municipality: Municipality) -> str:
    """Return the name of the cell that holds a municipality's population."""
    return f"{POPULATION}{municipality.code}"


def key_of(programme: Programme, year: int, members: list[Municipality]) -> ContributionKey:
    """Return the key of a year, or an unsaved one, with the populations of its municipalities as cells."""
    key = ContributionKey.objects.filter(programme=programme, year=year).first()
    key = key or ContributionKey(programme=programme, year=year)
    shares = programme.contribution_shares.filter(year=year)
    populations = dict(shares.values_list("municipality_id", "population"))
    for municipality in members:
        setattr(key, cell_of(municipality), populations.get(municipality.pk))
    return key


def propose(
    programme: Programme, year: int, members: list[Municipality], populations: Mapping[str, Any]
) -> Proposal:
    """Return the shares that populations give, by their cells, of the amended income of the year.

    Raises ValidationError where there is no income to split, or nobody to split it among.
    """
    income = amended(income_steps(programme, year))
    if income is None:
        raise ValidationError(_("The budget of the year is not decided: there is nothing to share yet."))
    if income <= 0:
        raise ValidationError(
            _("The budget has no income from the municipalities. Mark its funding source in the settings.")
        )
    counts = {one.pk: int(populations[cell_of(one)]) for one in members}
    if not sum(counts.values()):
        raise ValidationError(_("Write the populations: the shares follow from them."))
    saved = dict(programme.contribution_shares.filter(year=year).values_list("municipality_id", "amount"))
    parts = parts_of(income, counts)
    rows = [ProposedShare(one, counts[one.pk], saved.get(one.pk), parts[one.pk]) for one in members]
    return Proposal(
        income, rows, f"{income}:{','.join(f'{row.municipality.code}={row.population}' for row in rows)}"
    )


@transaction.atomic
def save_key(
    programme: Programme,
    year: int,
    *,
    values: Mapping[str, Any],
    base: Mapping[str, str],
    seen: str,
    reason: str,
) -> Kept:
    """Save a key and the shares that follow from it.

    Nothing is saved where somebody else changed the same cell meanwhile, and where the shares are not those
    that their saver has `seen`. Raises ValidationError where the programme is closed, the year is settled,
    there is nothing to split, and at the reason where saved shares change without one.
    """
    # Of two who set the first key, the second must find that of the first.
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    must_take_a_key(locked, year)
    members = members_of_year(locked, year)
    key = key_of(locked, year, members)
    saved = merge_into(key, values, base)
    # Of what is in conflict one's own text stands in the form, so it is one's own that is computed.
    proposal = propose(locked, year, members, saved.cells)
    if saved.conflicts or proposal.seen != seen:
        return Kept(saved, proposal, is_done=False)
    if key.pk and not reason and _changes(saved, proposal):
        raise ValidationError({"reason": _("The shares were saved before. Write why they change.")})
    key.reason = reason or key.reason
    key.save()
    for row in proposal.rows:
        ContributionShare.objects.update_or_create(
            programme=locked,
            municipality=row.municipality,
            year=year,
            defaults={"population": row.population, "amount": row.amount},
        )
    locked.contribution_shares.filter(year=year).exclude(municipality__in=members).delete()
    return Kept(saved, proposal, is_done=True)


def must_take_a_key(programme: Programme, year: int) -> None:
    """Raise ValidationError where the shares of a year stay as they are."""
    programme.must_not_be_closed()
    if MunicipalSettlement.objects.filter(period__programme=programme, period__year=year).exists():
        raise ValidationError(
            _("The year is settled by these shares, so they stay. What was wrong is mended in the next year.")
        )


def takes_a_key(programme: Programme, year: int) -> bool:
    """Whether the shares of a year may still be set; one query."""
    try:
        must_take_a_key(programme, year)
    except ValidationError:
        return False
    return True


def _changes(saved: Saved, proposal: Proposal) -> bool:
    return saved.cells != saved.stored or any(row.change != 0 for row in proposal.rows)
