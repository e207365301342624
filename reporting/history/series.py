"""What changed of a series itself: its words, its group, its aims and ties; read from the trail."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from priorities.models import Indicator, IndicatorMeasure, IndicatorTarget, MeasuredTarget
from programme import text
from programme.models import User
from programme.trail import business_time, trail_of
from reporting.history.changes import in_words
from reporting.history.comparing import Difference, difference
from workgroups.indicators.forms import IndicatorForm
from workgroups.models import IndicatorOwnership, targets_visible_to

COLUMNS = [name for name in IndicatorForm.Meta.fields if name != "code"]


@dataclass
class Change:
    """One saving: who, when, and what became of which field."""

    moment: datetime.datetime | None  # None: it was loaded from a file
    who: str = ""
    differences: list[Difference] = field(default_factory=list)


def changes_of_series(indicator: Indicator, reader: User | AnonymousUser) -> list[Change]:
    """Return what was changed of a series since it was begun, the latest first: seven queries.

    A tie to a target that is not decided is told to those who see the target.
    """
    told: list[tuple[Any, Difference]] = [
        *_of_columns(indicator),
        *_of_parts(indicator, IndicatorTarget, _aim),
        *_of_parts(indicator, IndicatorOwnership, _group, "group"),
        *_of_parts(indicator, IndicatorMeasure, _measure, "measure"),
        *_of_ties(indicator, reader),
    ]
    told.sort(key=lambda row: row[0].pgh_created_at)
    people = _people_of([event for event, _difference in told])
    changes: dict[datetime.datetime, Change] = {}
    for event, change in told:
        user = event.pgh_context.metadata.get("user") if event.pgh_context else None
        if user is None:
            continue  # as it was loaded from a file
        entry = changes.setdefault(
            event.pgh_created_at, Change(business_time(event.pgh_created_at), people.get(user, ""))
        )
        entry.differences.append(change)
    return list(changes.values())[::-1]


def _people_of(events: list[Any]) -> dict[int, str]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids - {None} or [0])}


def _of_columns(indicator: Indicator) -> list[tuple[Any, Difference]]:
    events = trail_of(Indicator).filter(pgh_obj_id=indicator.pk).select_related("pgh_context")
    told, before = [], None
    for event in events.order_by("pgh_id"):
        for name in COLUMNS:
            old, new = (in_words(before, name) if before is not None else ""), in_words(event, name)
            if old != new:
                told.append((event, difference(_label(name), old, new)))
        before = event
    return told


def _label(name: str) -> str:
    declared = IndicatorForm.declared_fields.get(name)
    own = IndicatorForm.Meta.labels.get(name) or (declared.label if declared else "")
    return str(own or capfirst(str(Indicator._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]


def _of_parts(
    indicator: Indicator, model: type[models.Model], tell: Any, *related: str
) -> list[tuple[Any, Difference]]:
    """Return what became of rows that belong to a series, each told by what it says."""
    events = trail_of(model).filter(indicator_id=indicator.pk).select_related("pgh_context", *related)
    told: list[tuple[Any, Difference]] = []
    before: dict[int, str] = {}
    for event in events.order_by("pgh_id"):
        label, words = tell(event)
        is_gone = event.pgh_label == "delete"
        old, new = before.get(event.pgh_obj_id, ""), "" if is_gone else words
        told.append((event, difference(label, words if is_gone else old, new)))
        before[event.pgh_obj_id] = words
    return told


def _aim(event: Any) -> tuple[str, str]:
    return _("Aim by 31.12.%(year)s") % {"year": event.year}, text.number(event.value)


def _group(event: Any) -> tuple[str, str]:
    return _("Group that answers"), text.words_of(event.group, "name")[0]


def _measure(event: Any) -> tuple[str, str]:
    return _("Measure"), f"{event.measure.code} {text.words_of(event.measure, 'text')[0]}"


def _of_ties(indicator: Indicator, reader: User | AnonymousUser) -> list[tuple[Any, Difference]]:
    seen = set(targets_visible_to(reader, indicator.programme).values_list("pk", flat=True))
    ties = _of_parts(indicator, MeasuredTarget, _target, "target")
    return [(event, change) for event, change in ties if event.target_id in seen]


def _target(event: Any) -> tuple[str, str]:
    # The trail outlives a draft that was removed.
    try:
        return _("Annual target"), event.target.code
    except models.ObjectDoesNotExist:
        return _("Annual target"), text.NOTHING
