"""Rounds of reporting and the thresholds of deviations, as the programme office keeps them."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock
from programme.administration.refusals import Refusal, told
from programme.deadlines.moved import Tell, lay_clock_and_tell
from programme.models import Programme, ReportingPeriod, User

EXISTS = Refusal("kind", gettext_lazy("This period of the year exists already."))
REFUSALS = {
    "rounds_of_a_programme_do_not_overlap": Refusal(
        "opens_at",
        gettext_lazy("Another round is open on some of these days. Rounds of a programme follow each other."),
    ),
    "round_closes_after_it_opens": Refusal("closes_at", gettext_lazy("The round closes before it opens.")),
    "one_period_per_code": EXISTS,
    "one_period_per_year_and_kind": EXISTS,
}
# The last month and day of what each kind tells about, from 1 January; model, "The working year".
LAST_DAYS = {
    ReportingPeriod.Kind.FIRST: (4, 30),
    ReportingPeriod.Kind.SECOND: (8, 31),
    ReportingPeriod.Kind.YEAR_END: (12, 31),
}


def may_still_change(period: ReportingPeriod) -> bool:
    """Whether the dates of a round may be changed: until it closes. After that it can be reopened."""
    return clock.now() < period.closes_at


@transaction.atomic
def add_round(period: ReportingPeriod, *, tell: Tell | None = None) -> None:
    """Save a new period: its code and days follow from its year and kind.

    `tell` is given the deadlines that move by it.

    Raises ValidationError where it exists, lies outside the programme, or its round does not fit.
    """
    programme = period.programme
    programme.must_not_be_closed()
    if not programme.starts_on.year <= period.year <= programme.ends_on.year:
        raise ValidationError({"year": _("The programme does not reach this year.")})
    period.code = f"{period.year}-{period.kind}"
    period.starts_on = datetime.date(period.year, 1, 1)
    period.ends_on = datetime.date(period.year, *LAST_DAYS[ReportingPeriod.Kind(period.kind)])
    period.ledger_cut_off = period.ledger_cut_off or period.ends_on
    _must_fit(period)
    with told(REFUSALS):
        period.save()
    lay_clock_and_tell(programme, tell)


def _must_fit(period: ReportingPeriod) -> None:
    if period.closes_at <= clock.now():
        raise ValidationError({"closes_at": _("This moment has passed. A round closes at a moment to come.")})
    if not period.starts_on <= period.ledger_cut_off <= period.ends_on:
        raise ValidationError({"ledger_cut_off": _("Choose a day of the period itself.")})


@transaction.atomic
def change_round(period: ReportingPeriod, *, tell: Tell | None = None) -> None:
    """Save the dates of a round. Raises ValidationError where it has closed or the dates do not fit.

    The row must have been locked when its new dates were set. Open deadlines move with the dates, and `tell`
    is given what moved.
    """
    period.programme.must_not_be_closed()
    stored = ReportingPeriod.objects.get(pk=period.pk)
    if not may_still_change(stored):
        raise ValidationError(_("The round has closed: its dates stay as they are. It can be reopened."))
    _must_fit(period)
    with told(REFUSALS):
        period.save(update_fields=["opens_at", "closes_at", "ledger_cut_off"])
    lay_clock_and_tell(period.programme, tell)


@transaction.atomic
def reopen_round(period: ReportingPeriod, *, until: datetime.datetime, reason: str, actor: User) -> None:
    """Let people answer a closed round again until a moment, with a reason that stands beside the round.

    Raises ValidationError where the round has not closed or the moment has passed.
    """
    period.programme.must_not_be_closed()
    locked = ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    if may_still_change(locked):
        raise ValidationError(_("The round has not closed: change the day on which it closes instead."))
    if until <= clock.now():
        raise ValidationError({"reopened_until": _("This moment has passed. Choose a moment to come.")})
    locked.reopened_until = until
    locked.reopening_reason = reason
    locked.reopened_by = actor
    locked.save(update_fields=["reopened_until", "reopening_reason", "reopened_by"])


def change_records(programme: Programme) -> None:
    """Save how the case management files what is handed over to it."""
    programme.must_not_be_closed()
    programme.save(update_fields=["function_class", "retention_period"])


def change_thresholds(programme: Programme) -> None:
    """Save from what deviation on an explanation is demanded."""
    programme.must_not_be_closed()
    programme.save(update_fields=["deviation_percent", "deviation_euros"])
