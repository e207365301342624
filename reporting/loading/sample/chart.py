"""Cost centres, accounts and funding sources. None of it depends on the day."""

from programme.models import Account, CostCentre, FundingSource
from reporting.loading.reader import Record
from reporting.loading.rows import Codes, create_all
from reporting.loading.sample.checks import MUNICIPALITIES
from reporting.loading.sample.context import Sample
from workgroups.models import WorkingGroup

KINDS = {"meno": Account.Kind.EXPENSE, "tulo": Account.Kind.INCOME}


def load_chart(sample: Sample) -> None:
    """Load cost centres, accounts and funding sources; each group gets its cost centre."""
    centres = sample.file["cost_centres"]
    rows = [
        (
            CostCentre(
                programme=sample.programme, code=record["id"], number=record["code"], name_fi=record["fi"]
            ),
            record,
        )
        for record in centres
    ]
    sample.cost_centres = Codes("cost centre", create_all(CostCentre, rows))
    for record in centres:
        group = _group_of(record, sample)
        group.cost_centre = sample.cost_centres.of(record, "id")
        group.save(update_fields=["cost_centre"])
    sample.tally.count("cost centres", len(centres))
    _load_accounts(sample)


def _group_of(record: Record, sample: Sample) -> WorkingGroup:
    """Return the group of a cost centre; one without a group is the programme office's unit's."""
    if record["working_group"] is not None:
        group = sample.groups.of(record, "working_group")
        priority = group.priority.code if group.priority else None
        if record["priority"] != priority:
            raise record.error("priority", f"the priority of {group.code} is {priority}")
        return group
    for group in sample.groups.rows.values():
        if group.is_office_unit:
            return group
    raise record.error("working_group", "the programme has no unit of its office")


def _load_accounts(sample: Sample) -> None:
    accounts = [
        (
            Account(
                programme=sample.programme,
                code=record["id"],
                number=record["code"],
                name_fi=record["fi"],
                group_fi=record["group"],
                kind=KINDS[record["kind"]],
            ),
            record,
        )
        for record in sample.file["accounts"]
    ]
    sample.accounts = Codes("account", create_all(Account, accounts))
    sources = [
        (
            FundingSource(
                programme=sample.programme,
                code=record["id"],
                short_name=record["code"],
                name_fi=record["fi"],
                account=sample.accounts.of(record, "account"),
                of_municipalities=record["code"] == MUNICIPALITIES,
            ),
            record,
        )
        for record in sample.file["funding_sources"]
    ]
    sample.funding_sources = Codes("funding source", create_all(FundingSource, sources))
    sample.tally.count("accounts", len(accounts))
    sample.tally.count("funding sources", len(sources))
