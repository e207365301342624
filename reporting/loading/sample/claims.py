"""Payment claims as far as they had come: claimed, decided by the funder, paid."""

from programme.models import PaymentClaim
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import days_of

State = PaymentClaim.State


def load_claims(sample: Sample) -> None:
    records = sample.file["claims"]
    rows = [
        (_claim(record, sample), record) for record in records if sample.day.has_come(record["claimed_on"])
    ]
    create_all(PaymentClaim, rows)
    sample.tally.count("payment claims", len(rows), of=len(records))


def _claim(record: Record, sample: Sample) -> PaymentClaim:
    starts_on, ends_on = days_of(record, "period")
    is_decided = sample.day.has_come(record["decided_on"])
    is_paid = sample.day.has_come(record["paid_on"])
    handlings = sample.handlings.get(record["id"], [])
    return PaymentClaim(
        programme=sample.programme,
        code=record["id"],
        year=record["year"],
        starts_on=starts_on,
        ends_on=ends_on,
        costs=record["costs"],
        other_income=record["other_income"],
        not_eligible=record["ineligible"],
        not_eligible_reason=record.get("ineligible_reason_fi", ""),
        state_share=record["state_share"],
        state=State.PAID if is_paid else State.DECIDED if is_decided else State.SENT,
        decision=handlings[0].decision if handlings else None,
        claimed_on=record["claimed_on"],
        decided_on=record["decided_on"] if is_decided else None,
        paid_on=record["paid_on"] if is_paid else None,
    )
