"""What is decided of money: budgets with their handlings, amendments, grants and shares."""

import datetime

from programme.models import (
    Budget,
    BudgetAmendment,
    BudgetAmendmentLine,
    BudgetHandling,
    BudgetLine,
    ContributionKey,
    ContributionShare,
    Grant,
)
from reporting.loading.reader import Record
from reporting.loading.rows import checked, create_all
from reporting.loading.sample.checks import municipal_contributions, municipal_source, shares_of, state_source
from reporting.loading.sample.context import Sample

DECIDING_STEP = "yhtymakokous"
HANDLING_STEPS = ("kuntajohtajat", "seutuhallitus", DECIDING_STEP)


def load_budgets(sample: Sample) -> None:
    """Load the budgets that are decided, with all that changed or split them by the day."""
    records, tally = sample.file["budget_years"], sample.tally
    for record in sample.known_budgets:
        budget = _draw_up(record, sample)
        amendments = [one for one in record["amendments"] if sample.day.has_come(one["date"])]
        tally.count("budgets", 1, of=0)
        tally.count("handlings of budgets", _load_handlings(budget, record, sample), of=0)
        tally.count("budget lines", _load_lines(budget, record, sample), of=0)
        _decide(budget, record, sample)
        for amendment in amendments:
            tally.count("budget amendments", 1, of=0)
            tally.count("lines of budget amendments", _load_amendment(budget, amendment, sample), of=0)
        tally.count("contribution shares", _load_shares(record, amendments, sample), of=0)
    for record in records:
        _count_what_the_file_holds(record, sample)
    _load_grants(sample)


def _count_what_the_file_holds(record: Record, sample: Sample) -> None:
    amendments = record["amendments"]
    for kind, held in (
        ("budgets", 1),
        ("handlings of budgets", len(HANDLING_STEPS)),
        ("budget lines", len(record["expense_lines"]) + len(record["income_lines"])),
        ("budget amendments", len(amendments)),
        (
            "lines of budget amendments",
            sum(len(one["lines"]) + len(one.get("income_lines", [])) for one in amendments),
        ),
        ("contribution shares", len(record["municipal_shares"])),
    ):
        sample.tally.count(kind, 0, of=held)


def _draw_up(record: Record, sample: Sample) -> Budget:
    budget = Budget(
        programme=sample.programme,
        code=record["id"],
        year=record["year"],
        dates_are_real=record["handling"]["real_dates"],
    )
    checked(budget, record).save()
    return budget


def _decide(budget: Budget, record: Record, sample: Sample) -> None:
    """Decide a budget that is drawn up whole: from then on no line of it changes."""
    budget.decided_on = record["handling"][DECIDING_STEP]
    body = sample.body_serving(sample.audience_of(DECIDING_STEP), budget.decided_on)
    handling = sample.handling_by(body, record["id"])
    budget.decision = handling.decision if handling else None
    budget.save(update_fields=["decided_on", "decision"])


def _load_handlings(budget: Budget, record: Record, sample: Sample) -> int:
    """Keep when which body handled the budget: in a matter, or on a date whose § nobody knows."""
    for step in HANDLING_STEPS:
        day = record["handling"][step]
        body = sample.body_serving(sample.audience_of(step), day)
        if body is None:
            raise record["handling"].error(step, "no body serves this step of the chain")
        handling = sample.handling_by(body, record["id"])
        BudgetHandling.objects.create(
            budget=budget, body=body, handled_on=day, matter=handling.matter if handling else None
        )
    return len(HANDLING_STEPS)


def _load_lines(budget: Budget, record: Record, sample: Sample) -> int:
    rows = [
        (
            BudgetLine(
                budget=budget,
                cost_centre=sample.cost_centres.of(line, "cost_centre"),
                account=sample.accounts.of(line, "account") if "account" in line else None,
                funding_source=sample.funding_sources.of(line, "source") if "source" in line else None,
                amount=line["budget"],
            ),
            line,
        )
        for line in [*record["expense_lines"], *record["income_lines"]]
    ]
    return len(create_all(BudgetLine, rows))


def _load_amendment(budget: Budget, record: Record, sample: Sample) -> int:
    body = sample.bodies.of(record, "body")
    handling = sample.handling_by(body, record["id"])
    amendment = BudgetAmendment(
        budget=budget,
        code=record["id"],
        kind=record["kind"],
        text=record["text_fi"],
        body=body,
        decided_on=record["date"],
        decision=handling.decision if handling else None,
    )
    checked(amendment, record).save()
    rows = [
        (
            BudgetAmendmentLine(
                amendment=amendment,
                cost_centre=sample.cost_centres.of(line, "cost_centre"),
                account=sample.accounts.of(line, "account") if "account" in line else None,
                funding_source=sample.funding_sources.of(line, "source") if "source" in line else None,
                amount=line["change"],
            ),
            line,
        )
        for line in [*record["lines"], *record.get("income_lines", [])]
    ]
    return len(create_all(BudgetAmendmentLine, rows))


def _load_shares(record: Record, amendments: list[Record], sample: Sample) -> int:
    """Split what the municipalities pay by population, with the amendments known on the day."""
    ContributionKey.objects.create(
        programme=sample.programme, year=record["year"], source=sample.additions["populations"]["source"]
    )
    amount = municipal_contributions(record, amendments, municipal_source(sample.file))
    shares = shares_of(amount, sample.file)
    rows = [
        (
            ContributionShare(
                programme=sample.programme,
                municipality=sample.municipalities.of(municipality, "id"),
                year=record["year"],
                population=municipality["sample_population"],
                amount=shares[municipality["id"]],
            ),
            record,
        )
        for municipality in sample.file["municipalities"]
    ]
    return len(create_all(ContributionShare, rows))


def _load_grants(sample: Sample) -> None:
    """Load the funder's decisions; the file says nothing of their days: they are for the calendar year."""
    records = sample.file["budget_years"]
    source = sample.funding_sources.find(state_source(sample.file))
    rows = [
        (
            Grant(
                programme=sample.programme,
                year=record["year"],
                decided_on=grant["decided_on"],
                granted=grant["granted_max"],
                rate=grant["rate_pct"],
                granter=grant["granter"],
                starts_on=datetime.date(record["year"], 1, 1),
                ends_on=datetime.date(record["year"], 12, 31),
                funding_source=source,
            ),
            grant,
        )
        for record in records
        if sample.day.has_come((grant := record["state_grant"])["decided_on"])
    ]
    create_all(Grant, rows)
    sample.tally.count("grants", len(rows), of=len(records))
