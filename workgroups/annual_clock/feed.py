"""A person's calendar feed: their meetings and deadlines, as calendar clients read it (RFC 5545).

What stays the same about an entry is its UID. What changes shows in SEQUENCE and LAST-MODIFIED, which come
from the trail: a client that has seen a meeting moves it, whatever the reason. The trail keeps rows that
were removed, so that one made again under the same UID counts on and does not fall back. The feed has no
moment of its own, so that it is the same, byte by byte, while nothing changes.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from programme import clock, text
from programme.models import Deadline, Meeting, Programme, User
from programme.trail import trail_of
from workgroups.annual_clock.rules import has_the_deadline
from workgroups.own_bodies import own_or_helped

HELSINKI = ZoneInfo(settings.TIME_ZONE)
PRODUCT = "-//Punos//Annual clock//FI"
READ_AGAIN = datetime.timedelta(hours=6)
KEPT = datetime.timedelta(days=366)  # what is older is left out
# The fields that a UID is made of; the one of most values first.
IDENTITY_OF_MEETING = ("code", "body_id")
IDENTITY_OF_DEADLINE = ("step_id", "period_id", "budget_year", "body_id")


def feed_of(user: User, programme: Programme) -> bytes:
    """Return a person's feed in their language; a fixed number of queries."""
    since = clock.today() - KEPT
    meetings = Meeting.objects.filter(body__programme=programme, held_on__gte=since)
    own = meetings.filter(own_or_helped(user, programme)).select_related("body__programme").order_by("code")
    rows = Deadline.objects.of_programme(programme).filter(due_on__gte=since).for_pages()
    deadlines = [deadline for deadline in rows.order_by("pk") if has_the_deadline(user, deadline)]
    with translation.override(user.language):
        feed = _calendar(programme)
        for meeting in _with_changes(own, IDENTITY_OF_MEETING):
            feed.add_component(_meeting(*meeting))
        for deadline in _with_changes(deadlines, IDENTITY_OF_DEADLINE):
            feed.add_component(_deadline(*deadline))
        feed.add_missing_timezones()
    return feed.to_ical()


def _calendar(programme: Programme) -> Calendar:
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    name = _("%(programme)s: my meetings and deadlines") % {"programme": programme.short_name}
    feed.add("name", name)
    feed.add("x-wr-calname", name)
    feed.add("x-wr-timezone", settings.TIME_ZONE)
    feed.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT6H")
    return feed


def _with_changes(
    rows: Iterable[Any], identity: tuple[str, ...]
) -> Iterable[tuple[Any, datetime.datetime, int]]:
    """Give each row with when it changed last and how often, as the trail knows: one query for all.

    Rows that were removed count with the one that has taken their place: it is the same by its identity.
    """
    rows = list(rows)
    if not rows:
        return []
    first = identity[0]
    events = trail_of(type(rows[0])).filter(**{f"{first}__in": {getattr(row, first) for row in rows}})
    counted = events.order_by().values_list(*identity).annotate(Max("pgh_created_at"), Count("pk"))
    changes = {tuple(key): (last, times) for *key, last, times in counted}
    return [(row, *changes[tuple(getattr(row, field) for field in identity)]) for row in rows]


def _event(uid: str, changed_at: datetime.datetime, times: int, address: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.ADDRESS).hostname}")
    moment = changed_at.astimezone(datetime.UTC).replace(microsecond=0)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", times - 1)
    event.add("status", "CONFIRMED")
    event.add("url", f"{settings.ADDRESS}{address}")
    return event


def _meeting(meeting: Meeting, changed_at: datetime.datetime, times: int) -> Event:
    uid = f"{meeting.body.programme.slug}-{meeting.body.code}-{meeting.code}"
    event = _event(uid, changed_at, times, meeting.get_absolute_url())
    event.add("summary", f"{text.words_of(meeting.body, 'name')[0]} {meeting.number}")
    if meeting.starts_at:
        event.add("dtstart", timezone.localtime(meeting.begins_at, HELSINKI))
    else:
        event.add("dtstart", meeting.held_on)
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _deadline(deadline: Deadline, changed_at: datetime.datetime, times: int) -> Event:
    event = _event(_uid(deadline), changed_at, times, deadline.get_absolute_url())
    name = text.words_of(deadline.step, "name")[0]
    if deadline.body is not None:
        name = f"{name}: {text.words_of(deadline.body, 'name')[0]}"
    event.add("summary", _("Done: %(what)s") % {"what": name} if deadline.is_done else name)
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", _description(deadline))
    return event


def _uid(deadline: Deadline) -> str:
    of = deadline.period.code if deadline.period else f"TA-{deadline.budget_year}"
    group = f"-{deadline.body.code}" if deadline.body else ""
    return f"{deadline.step.programme.slug}-{of}-{deadline.step.code}{group}"


def _description(deadline: Deadline) -> str:
    """Return what a deadline belongs to and from which meeting it is counted."""
    if deadline.period is not None:
        of = text.period(deadline.period.starts_on, deadline.period.ends_on)
    else:
        of = _("The budget %(year)s") % {"year": deadline.budget_year}
    meeting = deadline.meeting
    if meeting is None:
        return of
    counted = _("Counted from: %(body)s %(number)s, %(day)s") % {
        "body": text.words_of(meeting.body, "name")[0],
        "number": meeting.number,
        "day": text.day(meeting.held_on),
    }
    return f"{of}\n{counted}"
