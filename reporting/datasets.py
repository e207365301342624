"""Freezing: the facts of a period by value, their canonical JSON and its SHA-256."""

import datetime
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from programme.models import ReportingPeriod
from reporting.fact_types import Facts
from reporting.facts import collect_facts
from reporting.models import Dataset


def canonical_json(value: Any) -> bytes:
    """Return the one spelling of a JSON value: keys in order, no spaces, UTF-8, no floating point.

    Raises ValueError on a number with a decimal point: decimals are told as strings.
    """

    def refuse(number: str) -> None:
        raise ValueError(f"{number} is a floating-point number; facts tell decimals as strings.")

    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    json.loads(text, parse_float=refuse)
    return text.encode()


def sha256_of(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


@transaction.atomic
def freeze_period(
    period: ReportingPeriod, *, frozen_at: datetime.datetime, frozen_by: str, reason: str = ""
) -> Dataset:
    """Freeze the facts of a period as its next dataset; a later version says why.

    Where nothing has changed since the latest dataset, that one is returned: the same facts are frozen once.
    """
    period = (
        ReportingPeriod.objects.select_for_update(of=("self",)).select_related("programme").get(pk=period.pk)
    )
    facts: Facts = collect_facts(period)
    digest = sha256_of(facts)
    latest = period.datasets.order_by("-version").first()
    if latest is not None and latest.sha256 == digest:
        return latest
    highest = period.datasets.aggregate(Max("version"))["version__max"] or 0
    return Dataset.objects.create(
        period=period,
        version=highest + 1,
        reason=reason or _why_again(latest),
        facts=facts,
        sha256=digest,
        frozen_at=frozen_at,
        frozen_by=frozen_by,
    )


def _why_again(latest: Dataset | None) -> str:
    """Say in the programme's own language, once for ever, why there is a further version."""
    if latest is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return _("The period’s facts have changed since dataset %(version)s was frozen.") % {
            "version": latest.version
        }


def is_unchanged(dataset: Dataset) -> bool:
    """Say whether a stored dataset still has the hash it was frozen with."""
    return sha256_of(dataset.facts) == dataset.sha256
