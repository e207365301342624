"""Reading the trail: who saved a row last, and who wrote what stands in it."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils import timezone

from programme import clock
from programme.models import User


class Saving(NamedTuple):
    """Who saved a row last, and when."""

    who: str
    moment: datetime.datetime


def trail_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the trail of a model's rows, those removed included."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager.all()


def last_saving(row: models.Model) -> Saving | None:
    """Return who saved a row last; the trail knows nobody where a file was loaded.

    The trail keeps true time; pages tell the time of business, which is another where the day is pinned.
    """
    return saving_of(events_of(row).last())


def events_of(row: models.Model) -> models.QuerySet[Any]:
    """Return the trail of one row, oldest first, with who acted."""
    return trail_of(type(row)).filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("pgh_id")


def since_when(row: models.Model, read: Callable[[Any], Any]) -> Any:
    """Return the event that gave a row what `read` finds in it now; nothing where the trail has none."""
    found = None
    for event in events_of(row).reverse().iterator():
        if found is not None and read(event) != read(found):
            break
        found = event
    return found


def saving_of(event: Any) -> Saving | None:
    """Return who is behind an event of the trail, and when as pages tell it; None where a file was loaded."""
    if event is None or event.pgh_context is None:
        return None
    person = User.objects.filter(pk=event.pgh_context.metadata.get("user")).first()
    return Saving(str(person), business_time(event.pgh_created_at)) if person else None


def business_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment of the trail as pages tell it: as long before the present moment of business."""
    return clock.now() - (timezone.now() - moment)
