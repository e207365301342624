"""The one place that knows what day it is.

Business dates and times (saved, submitted, accepted, frozen, deadlines) come from here: with the sample
the day is pinned by a setting and the time of day is true. Sessions, jobs and the trail keep true time and
use `django.utils.timezone` directly.
"""

import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """Return the present moment of business, aware, in Europe/Helsinki."""
    true_now = timezone.localtime()
    if settings.TODAY is None:
        return true_now
    return timezone.make_aware(datetime.datetime.combine(settings.TODAY, true_now.time()))


def today() -> datetime.date:
    """Return the present day of business."""
    return day_of(now())


def day_of(moment: datetime.datetime) -> datetime.date:
    """Return the day on which a moment falls in Europe/Helsinki; the database answers in UTC."""
    return timezone.localtime(moment).date()


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """Return an aware moment of a day, in Europe/Helsinki."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))
