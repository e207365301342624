"""What a body is asked to decide about a report: drafted from the period's situation, in its own wording.

The text is made of the body's wordings and the facts; nobody but its writer decides what of it stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import clock, text
from programme.amended import amended_by_centre
from programme.decisions import in_language_of_minutes
from programme.meetings.wordings import DEVIATIONS, PERIOD, SUM, YEAR, Use, fill, wordings_of
from programme.models import Body, ReportingPeriod
from programme.statuses import DEVIATIONS as DEVIATING
from programme.statuses import NOT_UPDATED, STATUS_LABELS
from reporting.fact_types import Facts, FinanceRow, TargetFacts
from reporting.models import Report
from workgroups.models import BudgetProposal


@dataclass(frozen=True)
class Situation:
    """What of a period calls for a decision, as a body is told it."""

    targets: list[TargetFacts]  # that deviate
    money: list[FinanceRow]  # whose deviation reaches the threshold
    silent: int  # targets that nobody has updated: of them nothing can be said
    change: BudgetProposal | None  # that waits for the federation meeting

    @property
    def fitting(self) -> Use:
        """The use whose wording fits."""
        return self.possible[0]

    @property
    def possible(self) -> list[Use]:
        """The uses whose wordings can be filled in, the fitting one first."""
        uses = [Use.WITH_BUDGET_CHANGE] if self.change is not None else []
        if self.targets or self.money:
            uses.append(Use.WITH_DEVIATIONS)
        return [*uses, Use.WITHOUT_DEVIATIONS]

    def reasons(self) -> Iterator[str]:
        """Say, in the reader's language, what of the period speaks for the fitting draft."""
        if number := len(self.targets):
            yield ngettext("%(number)s target deviates", "%(number)s targets deviate", number) % {
                "number": number
            }
        if number := len(self.money):
            yield ngettext(
                "%(number)s sum reaches the threshold of explanation",
                "%(number)s sums reach the threshold of explanation",
                number,
            ) % {"number": number}
        if self.silent:
            yield ngettext(
                "%(number)s target has not been updated",
                "%(number)s targets have not been updated",
                self.silent,
            ) % {"number": self.silent}
        if self.change is not None:
            yield _("the amendment %(code)s waits for a decision") % {"code": self.change.code}


@dataclass(frozen=True)
class Draft:
    """A proposal that may be taken as a beginning; its `text` is in the language of the minutes."""

    use: Use
    text: str
    is_fitting: bool


def situation_of(report: Report, facts: Facts) -> Situation:
    """Return the situation of a report's period, of its facts at its depth: one query."""
    waiting = BudgetProposal.objects.filter(
        budget__programme=report.programme,
        budget__year=report.period.year,
        state=BudgetProposal.State.PROPOSED,
        decider=BudgetProposal.Decider.ASSEMBLY,
    )
    finance = facts["finance"]
    rows = finance["rows"] or [finance["total"]]
    return Situation(
        [target for target in facts["targets"] if target["status"] in DEVIATING],
        [row for row in rows if row["must_explain"]],
        sum(target["status"] == NOT_UPDATED for target in facts["targets"]),
        waiting.order_by("-proposed_at").first(),
    )


def drafts_of(report: Report, situation: Situation) -> list[Draft]:
    """Return the drafts that a report's body has wordings for, the fitting one first."""
    if report.body is None:
        return []
    if report.period.is_year_end:
        plain = plain_proposal(report.period, report.body)
        return [Draft(Use.ANNUAL_REPORT, plain, is_fitting=True)] if plain else []
    wordings = wordings_of(report.body)
    with in_language_of_minutes():
        values = _of_situation(report, situation)
        found = [
            Draft(use, fill(wording.proposal, values), use == situation.fitting)
            for use in situation.possible
            if (wording := wordings.get(use) or wordings.get(Use.INTERIM_REPORT))
        ]
    # A body without a wording for the situation has its plain one, once.
    return list({draft.text: draft for draft in reversed(found)}.values())[::-1]


def plain_proposal(period: ReportingPeriod, body: Body | None) -> str:
    """Return a body's wording for a period whatever its situation; empty where it has none."""
    use = Use.ANNUAL_REPORT if period.is_year_end else Use.INTERIM_REPORT
    wording = wordings_of(body).get(use) if body else None
    with in_language_of_minutes():
        return fill(wording.proposal, _of_period(period)) if wording else ""


def _of_situation(report: Report, situation: Situation) -> dict[str, str]:
    values = {**_of_period(report.period), DEVIATIONS: _deviations(situation)}
    if situation.change is not None:
        values[SUM] = text.number(_appropriation_after(situation.change))
    return values


def _of_period(period: ReportingPeriod) -> dict[str, str]:
    return {PERIOD: text.period(period.starts_on, period.ends_on), YEAR: str(period.year)}


def _appropriation_after(change: BudgetProposal) -> Decimal:
    """Return the task's expenses as they would be after an amendment, in euros."""
    year = change.budget.year
    before = amended_by_centre(change.programme, [year], until=clock.today())
    changes = change.lines.expenses().values_list("amount", flat=True)
    return sum(before.values(), Decimal(0)) + sum(changes, Decimal(0))


def _deviations(situation: Situation) -> str:
    """Return what deviates, what is done about it and who decides, as one passage of a sentence."""
    return "; ".join([*map(_target, situation.targets), *map(_money, situation.money)])


def _target(target: TargetFacts) -> str:
    said = target["follow_up"]
    done = said["corrective_action"].strip().rstrip(".") if said else ""
    needed = said["decision_needed"].strip().rstrip(".") if said else ""
    return _with(
        f"{target['code']} {target['name']['fi'].rstrip('.')}",
        str(STATUS_LABELS[target["status"]]).lower(),
        done,
        needed,
    )


def _money(row: FinanceRow) -> str:
    deviation = text.euros(row["deviation"], sign=True) if row["deviation"] else ""
    done = (row["corrective_action"] or "").strip().rstrip(".")
    return _with(f"{row['number']} {row['name']['fi']}".strip(), deviation, done, row["who_decides"] or "")


def _with(name: str, *particulars: str) -> str:
    told = ", ".join(one for one in particulars if one)
    return f"{name} ({told})" if told else name
