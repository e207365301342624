"""Payment claims as far as they had come: claimed, decided by the funder, paid.

What the funder decided and paid is what was claimed: the file knows of nothing else. Its costs that are not
eligible are sums with a ground: it does not say of which vouchers.
"""

from programme.claims.figures import costs_entries, state_share_of
from programme.models import ClaimedEntry, ClaimExclusion, Grant, PaymentClaim
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import days_of

State = PaymentClaim.State


def load_claims(sample: Sample) -> None:
    """Load claims as drafts with their lines, then let them go on: so the database checks their sums."""
    records = sample.file["claims"]
    known = [record for record in records if sample.day.has_come(record["claimed_on"])]
    grants = {grant.year: grant for grant in Grant.objects.filter(programme=sample.programme)}
    claims = create_all(PaymentClaim, [(_draft(record, sample, grants), record) for record in known])
    create_all(
        ClaimExclusion,
        [
            (
                ClaimExclusion(
                    claim=claim, amount=record["ineligible"], ground=record.get("ineligible_reason_fi", "")
                ),
                record,
            )
            for claim, record in zip(claims, known, strict=True)
            if record["ineligible"]
        ],
    )
    for claim, record in zip(claims, known, strict=True):
        entries = costs_entries(sample.programme, claim.starts_on, claim.ends_on)
        ClaimedEntry.objects.bulk_create(ClaimedEntry(claim=claim, entry=entry) for entry in entries)
        _go_on(claim, record, sample)
    sample.tally.count("payment claims", len(known), of=len(records))


def _draft(record: Record, sample: Sample, grants: dict[int, Grant]) -> PaymentClaim:
    starts_on, ends_on = days_of(record, "period")
    if record["year"] not in grants:
        raise record.error("year", "the grant of this year was decided after the claim")
    rate = grants[record["year"]].rate
    net = record["costs"] - record["other_income"] - record["ineligible"]
    if state_share_of(net, rate) != record["state_share"]:
        raise record.error("state_share", f"is not {rate} % of {net} €, whole euros down")
    return PaymentClaim(
        programme=sample.programme,
        code=record["id"],
        year=record["year"],
        starts_on=starts_on,
        ends_on=ends_on,
        costs=record["costs"],
        other_income=record["other_income"],
        not_eligible=record["ineligible"],
        rate=rate,
        state_share=record["state_share"],
    )


def _go_on(claim: PaymentClaim, record: Record, sample: Sample) -> None:
    is_decided = sample.day.has_come(record["decided_on"])
    is_paid = sample.day.has_come(record["paid_on"])
    handlings = sample.handlings.get(record["id"], [])
    claim.state = State.PAID if is_paid else State.DECIDED if is_decided else State.SENT
    claim.matter, claim.decision = (handlings[0].matter, handlings[0].decision) if handlings else (None, None)
    claim.claimed_on = record["claimed_on"]
    if is_decided:
        claim.decided_on, claim.decided_amount = record["decided_on"], claim.state_share
    if is_paid:
        claim.paid_on, claim.paid_amount = record["paid_on"], claim.state_share
    claim.save()
