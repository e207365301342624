"""A report on the agenda of its meeting: its matter, with the proposal for decision as it was worded last."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock, text
from programme.decisions import in_language_of_minutes, is_decided
from programme.meetings.agenda import add_matter, save_matter
from programme.meetings.calling import lock
from programme.models import Matter, Meeting, Post
from reporting.addressing import addressed
from reporting.models import Report


@transaction.atomic
def put_on_agenda(report: Report, *, seen: str = "") -> Matter:
    """Put a report and its proposal on the agenda of its meeting; where it is there already, renew the words.

    `seen` are the agenda's words as the page showed them. Pressed twice it is there once. Raises
    ValidationError where the report has no meeting or no proposal, its matter has been decided, or somebody
    has written other words there meanwhile.
    """
    report.programme.must_not_be_closed()
    # Always the report before its meeting, so that two who press at once wait for each other.
    rows = Report.objects.select_for_update(of=("self",))
    locked = rows.select_related("period", "audience", "body", "meeting__body", "matter__decision").get(
        pk=report.pk
    )
    found = _meeting_of(locked)
    if found is None:
        raise ValidationError(_("No meeting is known for this report: call the body’s meeting first."))
    if not locked.proposal.strip():
        raise ValidationError(_("The report has no proposal for decision yet: write it first."))
    meeting = lock(found)
    if locked.matter is not None:
        locked.matter.meeting = meeting
        saved = save_matter(locked.matter, values={"proposal": locked.proposal}, base={"proposal": seen})
        if saved.conflicts:
            raise ValidationError(
                _("Somebody has written other words on the agenda meanwhile: they stand below. Press again.")
            )
        return locked.matter
    if meeting.held_on < clock.today():
        raise ValidationError(
            _("The meeting was on %(day)s: what it handled is entered in its minutes.")
            % {"day": text.day(meeting.held_on)}
        )
    locked.matter = add_matter(meeting, values={"number": None, **_matter_of(locked)})
    locked.meeting = meeting
    locked.save(update_fields=["meeting", "matter", "body"])
    return locked.matter


def _meeting_of(report: Report) -> Meeting | None:
    """Return the meeting of a report: its own, while its body exists, else of the one that serves it then."""
    if report.matter is not None or (
        report.meeting and report.meeting.body.exists_on(report.meeting.held_on)
    ):
        return report.meeting
    body, meeting = addressed(report.period, report.audience)
    if report.is_frozen and body != report.body:
        return None  # whom it tells is frozen with it
    report.body = body
    return meeting


def agenda_has_other_words(report: Report) -> bool:
    """Whether the matter of a report, undecided yet, has another proposal than the report."""
    matter = report.matter
    return matter is not None and not is_decided(matter) and matter.proposal != report.proposal


def _matter_of(report: Report) -> dict[str, object]:
    posts = report.programme.posts
    return {
        "title": _title(report),
        "proposal": report.proposal,
        "presenter": posts.filter(power=Post.Power.PRESENTING_OFFICER).first(),
        "preparer": posts.filter(power=Post.Power.PROGRAMME_OFFICE).first(),
    }


def _title(report: Report) -> str:
    period = report.period
    with in_language_of_minutes():
        days = text.period(period.starts_on, period.ends_on)
        pattern = _("Annual report %(period)s") if period.is_year_end else _("Interim report %(period)s")
        return pattern % {"period": days}
