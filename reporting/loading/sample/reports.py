"""Reports told by the day: each period's facts frozen as of its first audience, then each report."""

import datetime

from programme import clock
from programme.models import Audience, Post
from reporting import datasets, services
from reporting.facts.values import words
from reporting.loading.reader import Record
from reporting.loading.rows import checked
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import Round
from reporting.models import Dataset, Report

GROUPS_STEP = "tyoryhmat"
COMPOSING_HOUR = 9
FREEZING_HOUR = 12

State = Report.State


def load_reports(sample: Sample) -> None:
    """Freeze and tell what had been told; all other rows are in place before this."""
    frozen_by = _frozen_by(sample)
    for round_ in sample.rounds.values():
        chain = _chain(round_.record, sample)
        told = {audience: day for audience, day in chain.items() if sample.day.has_come(day)}
        if told:
            dataset = datasets.freeze_period(
                sample.periods.named(round_.code, round_.record, "id"),
                frozen_at=clock.at(min(told.values()), FREEZING_HOUR),
                frozen_by=frozen_by,
            )
            for audience, day in told.items():
                _load_report(round_, audience, day, dataset, sample)
        sample.tally.count("datasets", int(bool(told)), of=1)
        sample.tally.count("reports", len(told), of=len(chain))


def _frozen_by(sample: Sample) -> str:
    """Return the post that assembles reports: what is frozen names posts, never people."""
    post = sample.programme.posts.filter(power=Post.Power.PROGRAMME_OFFICE).first()
    return words(post, "name")["fi"] if post else sample.file_name


def _chain(record: Record, sample: Sample) -> dict[Audience, datetime.date]:
    """Return when each audience was told, in the order of the chain."""
    steps = {sample.audience_of(step): day for step, day in record["chain"].items() if step != GROUPS_STEP}
    return dict(sorted(steps.items(), key=lambda step: step[0].order))


def _load_report(
    round_: Round, audience: Audience, day: datetime.date, dataset: Dataset, sample: Sample
) -> None:
    body = sample.body_serving(audience, day)
    handling = sample.handling_by(body, round_.record["id"])
    report = Report(
        programme=sample.programme,
        period=dataset.period,
        audience=audience,
        code=f"RAP-{round_.code}-{audience.report_suffix}",
        body=body,
        meeting=handling.meeting if handling else None,
        matter=handling.matter if handling else None,
        depth=audience.depth,
        summary=round_.record["summary_fi"],
        proposal=handling.matter.proposal if handling else "",
        composed_at=clock.at(day, COMPOSING_HOUR),
    )
    checked(report, round_.record).save()
    services.freeze_loaded_report(
        report, dataset, frozen_at=clock.at(day, FREEZING_HOUR), frozen_by=dataset.frozen_by
    )
    # An audience without a body reads what is published; a body is presented with it in its meeting.
    if body is None:
        report.state, report.published_on = State.PUBLISHED, day
    else:
        report.state, report.presented_on = State.PRESENTED, day
    report.save(update_fields=["state", "presented_on", "published_on"])
