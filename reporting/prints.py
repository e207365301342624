"""A work programme on paper: what it says, by value, and the asking for its file.

A print tells the plan as it stood when somebody asked. As long as the plan says the same, the same file is
given; the engine that makes it is the worker's (`rendering`).
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from programme import clock, text
from reporting import tasks
from reporting.datasets import sha256_of
from reporting.document.lines import amended_words, when_amended
from reporting.document.words import Passage, told
from reporting.facts.lines import amended_facts
from reporting.models import PlanPrint
from workgroups.models import Action, Amendment, WorkProgramme
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import Totals, rows_of, totals_of
from workgroups.work_programmes.versions import version_in_force

Content = dict[str, Any]
KEPT = datetime.timedelta(days=90)


def content_of(plan: WorkProgramme, language: str) -> Content:
    """Return what a plan says, as plain values in a language; a fixed number of queries."""
    programme, group, totals = plan.group.programme, plan.group, totals_of(plan)
    with translation.override(language):
        state, version = str(plan.get_state_display()), version_in_force(plan)
        name = _words(group, "name")
        marks = [] if plan.state in WorkProgramme.SEEN_BY_ALL_GROUPS else [_("DRAFT")]
        if programme.is_sample:
            marks.append(text.words_of(programme, "sample_watermark")[0])
        kind, amended = f"{_('Work programme')} {plan.year}", _amendments_of(plan)
        return {
            "language": language,
            "page_title": f"{kind}, {name['text']}",
            "kind": kind,
            "title": name,
            "identity": {
                "owner": text.words_of(programme, "owner")[0],
                "matter": f"{kind}, {group.code}",
                "document": " · ".join([plan.code, *_version_words(version)]),
                "state": " · ".join(marks),
            },
            "watermarks": marks,
            "sample_notice": _words(programme, "sample_notice") if programme.is_sample else None,
            "particulars": _particulars(plan, [state, *_version_words(version)], totals),
            "rows": [_row(action, amended.get(action.pk, [])) for action in rows_of(plan)],
            "planned": text.exact_sum(totals.planned),
        }


def _version_words(version: int | None) -> list[str]:
    return [_("version %(number)s") % {"number": version}] if version else []


def _particulars(plan: WorkProgramme, state: list[str], totals: Totals) -> list[dict[str, Any]]:
    """Return who planned it, where it stands, and its euros against what was appropriated."""
    rows = [(_("Work programme"), plan.code), (_("State"), ", ".join(state).capitalize())]
    for label, day, decision in (
        (_("Approved"), plan.approved_on, plan.approval),
        (_("Noted by the board"), plan.noted_on, plan.noting),
    ):
        if day:
            meeting = decision.matter.meeting if decision else None
            where = f"{text.words_of(meeting.body, 'name')[0]} {meeting.number}, " if meeting else ""
            rows.append((label, f"{where}{text.day(day)}"))
    if plan.made_elsewhere:
        rows.append((_("Note"), _("made elsewhere").capitalize()))
    rows.append((_("Planned"), text.exact_euros(totals.planned)))
    if totals.appropriation is not None:
        rows.append((_("Appropriation"), text.exact_euros(totals.appropriation)))
    return [{"label": label, "value": Passage(value, "")._asdict()} for label, value in rows]


def _amendments_of(plan: WorkProgramme) -> dict[int, list[str]]:
    """Return what has amended each action, in words, by the action's key; one query."""
    found: dict[int, list[str]] = {}
    accepted = Amendment.objects.filter(action__work_programme=plan, state=Amendment.State.ACCEPTED)
    for amendment in accepted.select_related("decision__matter__meeting__body").order_by("decided_at"):
        assert amendment.action_id is not None  # noqa: S101  asked for by its action
        facts = amended_facts(amendment)
        added = amendment.kind == Amendment.Kind.ADD
        words = _("added %(day)s") % {"day": when_amended(facts)} if added else amended_words(facts)
        found.setdefault(amendment.action_id, []).append(words)
    return found


def _row(action: Action, amended: list[str]) -> dict[str, Any]:
    def written(words: str) -> list[dict[str, str]]:
        return [told(line.strip(), action.language)._asdict() for line in words.splitlines() if line.strip()]

    months = [str(month) for month in (action.start_month, action.end_month) if month]
    euros = _("no cost") if action.no_cost else text.exact_sum(action.planned_euros)
    funding = [described for row in (action.cost_centre, action.funding_source) if (described := _one(row))]
    return {
        "code": action.code,
        "text": written(action.text),
        "amended": amended,
        "targets": sorted(target.code for target in action.targets.all()),
        "carries_out": action.part.code if action.part else "",
        "networks": sorted(network.code for network in action.networks.all()),
        "responsible": _words(action.responsible, "name") if action.responsible else None,
        "participants": written(action.participants),
        "months": text.EN_DASH.join(dict.fromkeys(months)),
        "output": written(action.output),
        "milestones": written(action.milestones),
        "euros": euros,
        "funding": funding,
    }


def _one(row: Any) -> str:
    return cells.described(row) if row is not None else ""


def _words(holder: Any, name: str) -> dict[str, str]:
    return told(*text.words_of(holder, name))._asdict()


def document_of_print(made: PlanPrint) -> Content:
    """Return what is printed: the content, and the moment at which the plan said so."""
    content: Content = made.content
    with translation.override(made.language):
        moment = text.weekday_and_time(made.asked_at)
        identity = content["identity"]
        return content | {
            "frozen_at": made.asked_at.isoformat(),
            "moment": moment,
            "content_sha256": made.content_sha256,
            "identity": identity | {"document": f"{identity['document']} · {text.day(made.asked_at)}"},
        }


def print_of(plan: WorkProgramme, language: str) -> PlanPrint | None:
    """Return the print that says what the plan says now, where anybody asked for it; without its bytes."""
    sha256 = sha256_of(content_of(plan, language))
    return plan.prints.filter(language=language, content_sha256=sha256).defer("pdf", "content").first()


def remove_old_prints() -> int:
    """Remove the prints whose time is over; return how many. The same is made anew for whoever asks."""
    return PlanPrint.objects.filter(asked_at__lt=clock.now() - KEPT).delete()[0]


@transaction.atomic
def ask_for_print(plan: WorkProgramme, language: str) -> None:
    """Ask for a plan's PDF, once for what it says now; a failed making begins anew."""
    content = content_of(plan, language)
    asked, is_new = PlanPrint.objects.select_for_update().get_or_create(
        work_programme=plan,
        language=language,
        content_sha256=sha256_of(content),
        defaults={"content": content, "asked_at": clock.now()},
    )
    if is_new or asked.stage == PlanPrint.Stage.FAILED:
        asked.stage = PlanPrint.Stage.QUEUED
        asked.error_id = ""
        asked.save(update_fields=["stage", "error_id"])
        tasks.print_plan.defer(print_id=asked.pk)
