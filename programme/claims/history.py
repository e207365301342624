"""The way that a claim has gone: its steps with their days, and who took them as the trail knows."""

import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from programme.models import PaymentClaim, User
from programme.models.claim_steps import ClaimState
from programme.trail import business_time, events_of


class ClaimStep(NamedTuple):
    """A step of a claim: what was done, on which day of business, by whom and when it was told here."""

    label: str
    day: datetime.date | None
    who: str
    moment: datetime.datetime | None


def steps_of(claim: PaymentClaim) -> list[ClaimStep]:
    """Return a claim's steps, the earliest first; two queries.

    Of a claim that was loaded from a file, the trail knows no person and no moment.
    """
    events = list(events_of(claim))
    ids = {_actor_of(event) for event in events}
    people = {person.pk: str(person) for person in User.objects.filter(pk__in=ids - {None})}
    steps = []
    before = None
    for event in events:
        who = people.get(_actor_of(event), "")
        moment = business_time(event.pgh_created_at) if who else None
        steps += [ClaimStep(label, day, who, moment) for label, day in _told(event, before)]
        before = event
    return steps


def _actor_of(event: Any) -> Any:
    """Return the id of who acted; None where it was no person of the portal."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _told(event: Any, before: Any) -> list[tuple[str, datetime.date | None]]:
    """Return what an event of the trail did to a claim, and on which days; nothing where it took no step."""
    if before is None:
        return [(_("Drafted") if _actor_of(event) else _("Loaded from a file"), None)]
    if event.decision_id != before.decision_id and event.state == ClaimState.AT_BOARD:
        return [(_("The board’s decision entered"), None)]
    if event.state != before.state:
        return _to_state(event, before)
    if event.state == ClaimState.DECIDED and _differ(event, before, "decided_on", "decided_amount"):
        return [(_("The funder’s decision corrected"), event.decided_on)]
    if event.state == ClaimState.PAID and _differ(event, before, "paid_on", "paid_amount"):
        return [(_("The payment corrected"), event.paid_on)]
    return []


def _to_state(event: Any, before: Any) -> list[tuple[str, datetime.date | None]]:
    """Return the steps to a state: a claim that was loaded took several at once."""
    if event.state == ClaimState.DRAFTED:
        return [(_("Taken back to draft"), None)]
    if event.state == ClaimState.AT_BOARD:
        return [(_("Taken before the board"), None)]
    told = {
        ClaimState.SENT: (_("Sent to the funder"), event.claimed_on),
        ClaimState.DECIDED: (_("The funder decided"), event.decided_on),
        ClaimState.PAID: (_("The funder paid"), event.paid_on),
    }
    order = list(ClaimState)
    taken = order[order.index(ClaimState(before.state)) + 1 : order.index(ClaimState(event.state)) + 1]
    return [told[state] for state in taken if state in told]


def _differ(event: Any, before: Any, *fields: str) -> bool:
    return any(getattr(event, field) != getattr(before, field) for field in fields)
