"""Settling a closed year with the municipalities: what was billed, what was used, what is carried over."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock, text
from programme.models import MunicipalSettlement, Programme, ReportingPeriod
from programme.saving import Saved, merge_into
from reporting.contributions.books import keys_of
from reporting.contributions.income import amended, income_steps
from reporting.models import Dataset


def year_end_of(programme: Programme, year: int) -> ReportingPeriod | None:
    """Return the period that tells the whole year, where there is one."""
    year_ends = programme.periods.filter(year=year, kind=ReportingPeriod.Kind.YEAR_END)
    return year_ends.select_related("programme").first()


def settlement_of(period: ReportingPeriod) -> MunicipalSettlement:
    """Return the settlement of a year, or an unsaved one."""
    found = MunicipalSettlement.objects.filter(period=period).first()
    return found or MunicipalSettlement(period=period)


def must_take_a_settlement(programme: Programme, year: int) -> ReportingPeriod:
    """Return the period that takes a settlement. Raises ValidationError where the year takes none."""
    programme.must_not_be_closed()
    period = year_end_of(programme, year)
    if period is None:
        raise ValidationError(_("The year has no period of the whole year, to which the settlement belongs."))
    if period.ends_on >= clock.today():
        raise ValidationError(
            _("The year is settled when it has ended, from %(day)s on.") % {"day": text.day(period.ends_on)}
        )
    keys = keys_of(programme)
    key = keys.get(year)
    if key is None:
        raise ValidationError(_("The year has no shares. Save its key first."))
    if key.total != amended(income_steps(programme, year)):
        raise ValidationError(
            _("The shares do not make the amended budget’s income. Compute them anew first.")
        )
    told = Dataset.objects.filter(period=period).values_list("facts__finance__settlement", flat=True)
    if any(told):
        raise ValidationError(
            _("The settlement has been frozen for the year’s report, so it stays as it was told.")
        )
    _must_be_in_turn(programme, year, keys)
    return period


def _must_be_in_turn(programme: Programme, year: int, with_shares: Iterable[int]) -> None:
    """Raise ValidationError where a later year is settled, or one before it with shares is still to be.

    What is carried from a year is in the shares of the later ones: settled late, it would change theirs. An
    earlier year that was passed by can be settled no more, so it is not waited for.
    """
    others = MunicipalSettlement.objects.filter(period__programme=programme).exclude(period__year=year)
    settled = set(others.values_list("period__year", flat=True))
    later = sorted(one for one in settled if one > year)
    if later:
        raise ValidationError(
            _(
                "A later year, %(later)s, is settled with what this year left, so this year stays. What was"
                " wrong is mended in the next year."
            )
            % {"later": later[0]}
        )
    waiting = sorted(one for one in with_shares if max(settled, default=0) < one < year)
    if waiting:
        raise ValidationError(
            _("Years are settled in their order. Settle %(year)s first.") % {"year": waiting[0]}
        )


def takes_a_settlement(programme: Programme, year: int) -> bool:
    """Whether a settlement of a year may be entered or mended; a fixed number of queries."""
    try:
        must_take_a_settlement(programme, year)
    except ValidationError:
        return False
    return True


@transaction.atomic
def save_settlement(
    programme: Programme, year: int, *, values: Mapping[str, Any], base: Mapping[str, str]
) -> Saved:
    """Save what was billed and used in a year; the rest is carried over. Raises ValidationError.

    Where somebody else changed the same cell meanwhile, nothing is saved.
    """
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    settlement = settlement_of(must_take_a_settlement(locked, year))
    saved = merge_into(settlement, values, base)
    if not saved.conflicts:
        settlement.carried_over = settlement.billed - settlement.used
        settlement.save()
    return saved
