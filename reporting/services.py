"""Composing and freezing reports: each a process in one transaction, the row locked."""

import contextlib
import datetime
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.deadlines.facts import acted
from programme.models import Audience, DeadlineStep, Post, Programme, ReportingPeriod, User
from programme.signatures import signature_of
from reporting import tasks
from reporting.addressing import addressed
from reporting.datasets import freeze_period, sha256_of
from reporting.depths import at_depth
from reporting.fact_types import Particulars, Words
from reporting.facts.values import words
from reporting.models import Dataset, Rendering, Rendition, Report
from reporting.proposals import plain_proposal

NOBODY: Words = {"fi": "", "sv": "", "en": ""}


@transaction.atomic
def compose_report(period: ReportingPeriod, audience: Audience) -> Report:
    """Begin the report of a period to an audience; where it is already begun, return it.

    It is for the meeting from which the round's deadlines are counted, or the first one after the round
    closes, of the body that serves the audience. The proposal for decision is the body's own wording, to be
    edited. Raises ValidationError before the period's round has opened.
    """
    period.programme.must_not_be_closed()
    if period.opens_at > clock.now():
        raise ValidationError(_("The round of this period has not opened yet."))
    Audience.objects.select_for_update().get(pk=audience.pk)
    code = f"RAP-{period.code}-{audience.report_suffix}"
    existing = Report.objects.filter(programme=period.programme, code=code).order_by("-version").first()
    if existing is not None:
        return existing
    body, meeting = addressed(period, audience)
    return Report.objects.create(
        programme=period.programme,
        period=period,
        audience=audience,
        code=code,
        body=body,
        meeting=meeting,
        depth=audience.depth,
        proposal=plain_proposal(period, body),
        composed_at=clock.now(),
    )


def reports_to_compose(programme: Programme) -> list[tuple[ReportingPeriod, Audience]]:
    """Return what the office may begin: the board's report of the latest round, where nobody has begun it."""
    period = ReportingPeriod.objects.filter(programme=programme).begun_by(clock.now()).first()
    if period is None:
        return []
    audiences = programme.audiences.filter(depth=Audience.Depth.BOARD).exclude(reports__period=period)
    return [(period, audience) for audience in audiences]


class StaleWordingError(Exception):
    """Somebody saved a report's own words meanwhile; `stored` is the report as it stands now."""

    def __init__(self, stored: Report) -> None:
        super().__init__("The report's words were saved by somebody else meanwhile.")
        self.stored = stored


@transaction.atomic
def write_narrative(report: Report, *, wording: int, summary: str, proposal: str, language: str) -> None:
    """Save a composed report's own words, written on the wording of this number.

    Raises StaleWordingError when somebody saved other words meanwhile, ValidationError when it is frozen.
    """
    report.programme.must_not_be_closed()
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.is_frozen:
        raise ValidationError(_("This report is already frozen."))
    if locked.wording != wording:
        raise StaleWordingError(locked)
    locked.wording += 1
    locked.summary = summary
    locked.proposal = proposal
    locked.language = language
    locked.save(update_fields=["wording", "summary", "proposal", "language"])


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Open a transaction in which every query sees the same moment of the database.

    Facts are collected by some twenty queries; what somebody accepts between two of them must not stand in
    one section and be missing from another. Inside a transaction that is already open, that one's rules hold.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def freeze_report(report: Report, *, actor: User, reason: str = "") -> Report:
    """Freeze a report; where somebody changes the same rows at the same time, once more from the beginning.

    See `_freeze_at_one_moment`, which says what is raised.
    """
    try:
        return _freeze_at_one_moment(report, actor=actor, reason=reason)
    except OperationalError:  # could not serialize: the other one was first
        return _freeze_at_one_moment(report, actor=actor, reason=reason)


@one_moment()
def _freeze_at_one_moment(report: Report, *, actor: User, reason: str) -> Report:
    """Freeze the period's facts and this report's words for ever, and queue its PDF.

    Allowed while the round is open: lines that nobody has updated will say so. Where the period's facts have
    changed since they were last frozen, the new dataset says so unless a better reason is given. Where its
    body has ended meanwhile, the report goes to the one that serves its audience now. Raises
    ValidationError when the report is frozen already.
    """
    locked = Report.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    if locked.is_frozen:
        raise ValidationError(_("This report is already frozen."))
    locked.programme.must_not_be_closed()
    day = locked.meeting.held_on if locked.meeting else clock.today()
    if locked.body is not None and not locked.body.exists_on(day):
        locked.body, locked.meeting = addressed(locked.period, locked.audience)
    frozen_at = clock.now()
    frozen_by = signature_of(actor, locked.programme, Post.Power.PROGRAMME_OFFICE)
    dataset = freeze_period(locked.period, frozen_at=frozen_at, frozen_by=frozen_by, reason=reason.strip())
    _freeze(locked, dataset, frozen_at=frozen_at, frozen_by=frozen_by)
    acted(DeadlineStep.Act.REPORT_FROZEN, by=actor, period=locked.period, step__audience=locked.audience_id)
    queue_rendering(locked)
    return locked


def freeze_loaded_report(
    report: Report, dataset: Dataset, *, frozen_at: datetime.datetime, frozen_by: str
) -> None:
    """Freeze a report that was told before the portal, as a loader found it."""
    _freeze(report, dataset, frozen_at=frozen_at, frozen_by=frozen_by)


def _freeze(report: Report, dataset: Dataset, *, frozen_at: datetime.datetime, frozen_by: str) -> None:
    report.dataset = dataset
    report.frozen_at = frozen_at
    report.particulars = _particulars(report, dataset, frozen_at=frozen_at, frozen_by=frozen_by)
    report.state = Report.State.FROZEN
    told = ["dataset", "frozen_at", "particulars", "state", "body", "meeting"]
    report.save(update_fields=told)


def _particulars(
    report: Report, dataset: Dataset, *, frozen_at: datetime.datetime, frozen_by: str
) -> Particulars:
    return {
        **draft_particulars(report),
        "frozen_at": frozen_at.isoformat(),
        "frozen_by": frozen_by,
        "dataset_version": dataset.version,
        "dataset_sha256": dataset.sha256,
        "depth_sha256": sha256_of(at_depth(dataset.facts, report.depth, audience=report.audience.code)),
    }


def draft_particulars(report: Report) -> Particulars:
    """Return what a report says of itself before it is frozen: nobody has frozen it, nothing has a hash."""
    return {
        "code": report.code,
        "version": report.version,
        "audience": words(report.audience, "name"),
        "body": words(report.body, "name") if report.body else None,
        "meeting_on": report.meeting.held_on.isoformat() if report.meeting else None,
        "section": report.matter.section if report.matter else None,
        "presenter": _post_with(report.programme, Post.Power.PRESENTING_OFFICER),
        "preparer": _post_with(report.programme, Post.Power.PROGRAMME_OFFICE),
        "frozen_at": "",
        "frozen_by": "",
        "dataset_version": 0,
        "dataset_sha256": "",
        "depth": report.depth,
        "depth_sha256": "",
        "corrects": report.corrects.version if report.corrects else None,
    }


def _post_with(programme: Programme, power: Post.Power) -> Words:
    post = programme.posts.filter(power=power).first()
    return words(post, "name") if post else NOBODY


def queue_rendering(report: Report, *, language: str = "fi") -> Rendering:
    """Ask for a report's PDF, once: asked again, the same rendering is returned; a failed one begins anew."""
    with transaction.atomic():
        rendering, is_new = Rendering.objects.select_for_update().get_or_create(
            report=report,
            format=Rendition.Format.PDF,
            language=language,
            defaults={"asked_at": clock.now()},
        )
        if is_new or rendering.stage == Rendering.Stage.FAILED:
            rendering.stage = Rendering.Stage.QUEUED
            rendering.error_id = ""
            rendering.save(update_fields=["stage", "error_id"])
            tasks.render.defer(rendering_id=rendering.pk)
    return rendering


def queue_told_reports(programme: Programme) -> int:
    """Queue the PDFs of the reports told to the board, newest first; return how many."""
    told = (
        Report.objects.frozen()
        .filter(programme=programme, depth=Audience.Depth.BOARD)
        .order_by("-period__ends_on")
    )
    for report in told:
        queue_rendering(report)
    return len(told)
