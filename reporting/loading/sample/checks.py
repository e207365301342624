"""Checks the sums, shares and counts that the sample file itself computes, before anything is loaded."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from programme.models.municipalities import split_by_population
from reporting.loading.reader import Record

MONTHS = 12
MUNICIPALITIES = "kunnat"  # the file's own word for the municipalities' contributions
STATE = "valtio"  # and for the state’s grant
WHOLE_EURO = Decimal(1)


def check(file: Record) -> None:
    """Raise FileError with the line of the first sum or count that does not agree."""
    for record in file["budget_years"]:
        _check_budget(record)
        _check_shares(record, file)
    for record in file["monthly_actuals"]:
        _check_actuals(record)
    for record in file["claims"]:
        _check_claim(record, file["budget_years"])
    for record in file["group_seats"]:
        _must_be(record, "total_seats", sum(seat["seats"] for seat in record["seats"]))
    for record in file["reports"]:
        _check_statuses(record, file["annual_targets"])
    for record in file["meetings"]:
        _check_meeting(record, file["bodies"])


def _must_be(record: Record, key: str, computed: Decimal | int) -> None:
    if record[key] != computed:
        raise record.error(key, f"“{key}” is {record[key]}, but the file's rows make {computed}")


def _sum(records: Iterable[Record], key: str) -> Decimal:
    return sum((record[key] for record in records), Decimal(0))


def _check_budget(record: Record) -> None:
    total = _sum(record["expense_lines"], "budget")
    _must_be(record, "total_eur", total)
    _must_be(record, "total_eur", _sum(record["income_lines"], "budget"))
    changes = sum((_sum(amendment["lines"], "change") for amendment in record["amendments"]), Decimal(0))
    _must_be(record, "total_amended_eur", total + changes)


def municipal_contributions(record: Record, amendments: Iterable[Record], source: str) -> Decimal:
    """Return what the municipalities pay of a budget, with the given amendments."""
    lines = [(line, "budget") for line in record["income_lines"]]
    lines += [(line, "change") for amendment in amendments for line in amendment.get("income_lines", [])]
    return sum((line[key] for line, key in lines if line["source"] == source), Decimal(0))


def municipal_source(file: Record) -> str:
    """Return the id of the funding source that is the municipalities' contributions."""
    return _source(file, MUNICIPALITIES)


def state_source(file: Record) -> str:
    """Return the id of the funding source that is the state's grant."""
    return _source(file, STATE)


def _source(file: Record, code: str) -> str:
    for record in file["funding_sources"]:
        if record["code"] == code:
            return record["id"]
    raise file.error("funding_sources", f"no funding source has the code “{code}”")


def shares_of(amount: Decimal, file: Record) -> dict[str, Decimal]:
    populations = {record["id"]: record["sample_population"] for record in file["municipalities"]}
    return split_by_population(amount, populations, unit=WHOLE_EURO)


def _check_shares(record: Record, file: Record) -> None:
    amount = municipal_contributions(record, record["amendments"], municipal_source(file))
    shares = shares_of(amount, file)
    for share in record["municipal_shares"]:
        if share["municipality"] not in shares:
            raise share.error("municipality", f"there is no municipality “{share['municipality']}”")
        _must_be(share, "amended_budget", shares[share["municipality"]])


def _check_actuals(record: Record) -> None:
    if len(record["months"]) != MONTHS:
        raise record.error("months", f"a year has {MONTHS} months, here are {len(record['months'])}")
    _must_be(record, "total", sum(record["months"], Decimal(0)))


def _check_claim(record: Record, budget_years: list[Record]) -> None:
    _must_be(record, "eligible", record["costs"] - record["other_income"] - record["ineligible"])
    year = next((year for year in budget_years if year["year"] == record["year"]), None)
    if year is None:
        raise record.error("year", f"there is no budget of {record['year']}")
    _must_be(record, "state_share", record["eligible"] * year["state_grant"]["rate_pct"] // 100)


def _check_statuses(report: Record, targets: list[Record]) -> None:
    statuses = Counter(
        follow_up["status"]
        for target in targets
        for follow_up in target["followup"]
        if follow_up["report"] == report["id"]
    )
    for status, count in report["status_counts"].items():
        if statuses[status] != count:
            raise report.error(
                "status_counts", f"{status} is {count}, but the file's targets make {statuses[status]}"
            )


def _check_meeting(meeting: Record, bodies: list[Record]) -> None:
    document = next((body["document"] for body in bodies if body["id"] == meeting["body"]), None)
    if "document" in meeting and meeting["document"] != document:
        raise meeting.error("document", f"the document of {meeting['body']} is {document}")
    for item in meeting["items"]:
        if ("section" in item) == ("item" in item):
            raise item.error("title_fi", "a matter has either a section or an item number")
