"""Recording the funder's decision on a year's grant. Drafts of the year follow it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from programme import text
from programme.claims.figures import left_of_grant, work_out
from programme.models import Grant, PaymentClaim, Programme
from programme.saving import Saved, merge_into

State = PaymentClaim.State


def grant_of(programme: Programme, year: int) -> Grant:
    """Return a year's grant, or an unsaved one on the terms of the latest before it."""
    grants = Grant.objects.select_related("programme", "funding_source").filter(programme=programme)
    found = grants.filter(year=year).first()
    if found is not None:
        return found
    grant = Grant(
        programme=programme,
        year=year,
        starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year, 12, 31),
    )
    before = grants.filter(year__lt=year).last()
    if before is not None:
        for name in ("rate", "granter", "claim_months", "claim_within", "funding_source"):
            setattr(grant, name, getattr(before, name))
    return grant


@transaction.atomic
def save_grant(grant: Grant, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save a grant decision and let the year's drafts follow; `base` are the cells as the form was opened.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError at the
    fields: where its days leave a claim out, or less is granted than has been claimed.
    """
    grant.programme.must_not_be_closed()
    Programme.objects.select_for_update(no_key=True).get(pk=grant.programme_id)
    claims = PaymentClaim.objects.filter(programme=grant.programme, year=grant.year)
    # Drafts first, then their grant: in the order in which a draft that is saved locks them.
    drafts = list(claims.filter(state=State.DRAFTED).select_for_update(no_key=True))
    Grant.objects.select_for_update(no_key=True).filter(programme=grant.programme, year=grant.year).first()
    locked = grant_of(grant.programme, grant.year)
    saved = merge_into(locked, values, base)
    if saved.conflicts:
        return saved
    outside = claims.filter(Q(starts_on__lt=locked.starts_on) | Q(ends_on__gt=locked.ends_on)).first()
    if outside is not None:
        raise ValidationError(
            {
                "starts_on": _("%(code)s claims days that would be left out: %(days)s.")
                % {"code": outside.code, "days": text.period(outside.starts_on, outside.ends_on)}
            }
        )
    locked.save()
    for draft in drafts:
        draft.state_share = 0
        draft.save(update_fields=["state_share"])
    if left_of_grant(locked) < 0:
        raise ValidationError({"granted": _("More has been claimed of this grant already.")})
    for draft in drafts:
        work_out(draft, locked)
        draft.version += 1
        draft.save()
    return saved
