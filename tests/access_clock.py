"""Rows of the table of access: the annual clock, what is marked on it, and the calendar behind a key."""

from programme.models import Deadline, FeedKey
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.factories import ako
from tests.personas import person
from workgroups.annual_clock import keys


def _act(code: str, verb_: str) -> str:
    row = Deadline.objects.get(step__programme=ako(), step__code=code, period__code="2009-T2")
    return f"/clock/deadlines/{row.pk}/{verb_}/"


def to_approve() -> str:
    return _act("SH-APPROVAL", "done")


def to_open_again() -> str:
    return _act("SH-APPROVAL", "open")


def approved() -> None:
    Deadline.objects.filter(step__code="SH-APPROVAL", period__code="2009-T2").update(done_on="2009-09-08")


def is_approved() -> bool:
    rows = Deadline.objects.filter(step__code="SH-APPROVAL", period__code="2009-T2")
    return rows.filter(done_on__isnull=False).exists()


def is_open() -> bool:
    return not is_approved()


def with_a_key() -> str:
    return f"/clock.ics?key={keys.key_of(person('secretary'))}"


def with_an_old_key() -> str:
    old = with_a_key()
    keys.renew(person("secretary"))
    return old


def with_the_key_of_an_inactive_person() -> str:
    secretary = person("secretary")
    address = with_a_key()
    type(secretary).objects.filter(pk=secretary.pk).update(is_active=False)
    return address


def turned_off() -> str:
    address = with_a_key()
    keys.turn_off(person("secretary"))
    return address


def has_another_address() -> bool:
    return FeedKey.objects.filter(number=FeedKey.FIRST + 1).exists()


PUBLIC, NOBODY, WRONG_VERB = answers(200), answers(404), answers(405)
MARKS = signed_in(403, presenter=302, office=302)

CLOCK = [
    page("workgroups:clock", "/clock/", signed_in(200)),
    page("workgroups:clock", "/clock/?year=2008&mine=yes", signed_in(200), state="of another year"),
    verb("workgroups:deadline-done", to_approve, MARKS, is_done=is_approved),
    verb("workgroups:deadline-open", to_open_again, MARKS, given=approved, is_done=is_open),
    verb("workgroups:deadline-done", "/clock/deadlines/0/done/", signed_in(404), state="of none"),
    verb("workgroups:clock-feed-renew", "/clock/feed/renew/", signed_in(302), is_done=has_another_address),
    verb("workgroups:clock-feed-turn-off", "/clock/feed/turn-off/", signed_in(302)),
    Row("workgroups:clock-feed", with_a_key, PUBLIC, WRONG_VERB, state="with a key"),
    Row("workgroups:clock-feed", "/clock.ics", NOBODY, WRONG_VERB, state="without a key"),
    Row("workgroups:clock-feed", "/clock.ics?key=1-1.wrong", NOBODY, WRONG_VERB, state="with a wrong key"),
    Row("workgroups:clock-feed", with_an_old_key, NOBODY, WRONG_VERB, state="with a key of before"),
    Row("workgroups:clock-feed", turned_off, NOBODY, WRONG_VERB, state="turned off"),
    Row(
        "workgroups:clock-feed",
        with_the_key_of_an_inactive_person,
        NOBODY,
        WRONG_VERB,
        state="of an inactive person",
    ),
]
