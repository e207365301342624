"""Drafts: what people type of a line, a value or in a group's report and have not handed over: their own."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Programme, ReportingPeriod, User
from workgroups.evidence import remove_drafts
from workgroups.lines import follow_up_address
from workgroups.models import Action, FollowUpDraft, Measured, WorkingGroup
from workgroups.models.drafts import Draft
from workgroups.services import Line

# What somebody writes of: a line, the group whose report it is, or what is measured.
Written = Line | WorkingGroup | Measured

# A draft outlives the closing of its round by this; interface, “No lost text”.
KEPT_AFTER_CLOSING = datetime.timedelta(days=90)
# Who saved a draft this lately is taken to be writing.
WRITING = datetime.timedelta(minutes=10)


@dataclass
class KeptDraft:
    """A person's draft with the line it is of, and where it goes on."""

    draft: FollowUpDraft
    line: Written
    address: str
    draft_address: str

    @property
    def code(self) -> str:
        return self.line.code

    @property
    def is_target(self) -> bool:
        return isinstance(self.line, AnnualTarget)

    @property
    def is_report(self) -> bool:
        return isinstance(self.line, WorkingGroup)

    @property
    def is_value(self) -> bool:
        return isinstance(self.line, Measured)


def written_lookup(written: Written) -> dict[str, Any]:
    """Return what the columns of a draft that point at what is written of hold."""
    of_value = written if isinstance(written, Measured) else None
    return {
        "target": written if isinstance(written, AnnualTarget) else None,
        "action": written if isinstance(written, Action) else None,
        "group": written if isinstance(written, WorkingGroup) else None,
        "indicator": of_value.indicator if of_value else None,
        "municipality": of_value.municipality if of_value else None,
    }


def address_of(written: Written, programme_slug: str, period: ReportingPeriod, *, verb: str = "") -> str:
    """Return where one writes of it in a period, or the address of a verb on it."""
    if isinstance(written, Measured):
        return written.indicator.value_address(period, written.municipality, verb=verb or "edit")
    return follow_up_address(written, programme_slug, period.code, verb=verb)


class NewerDraftError(Exception):
    """The same person has saved another text of the same line elsewhere meanwhile: `kept` stays."""

    def __init__(self, kept: Any) -> None:
        super().__init__("The draft was saved from another page meanwhile.")
        self.kept = kept


def must_not_be_newer(before: Draft | None, typed: dict[str, str], grown_from: str) -> None:
    """Raise NewerDraftError where a kept draft holds other words than those that these grew from."""
    if before is not None and before.stamp != grown_from and not (typed.items() <= before.typed.items()):
        raise NewerDraftError(before)


@transaction.atomic
def save_draft(
    line: Written,
    period: ReportingPeriod,
    *,
    actor: User,
    typed: dict[str, str],
    base_version: int,
    grown_from: str = "",
) -> FollowUpDraft:
    """Keep what somebody is typing, for them alone: also when the round has closed over it.

    `grown_from` is the stamp of the draft that these words grew from, empty where there was none. A form with
    fewer fields, as in a meeting, leaves the words of the others as they were. Raises NewerDraftError where
    the same person has typed other words on another page or machine since.
    """
    drafts = FollowUpDraft.objects.select_for_update()
    before = drafts.filter(user=actor, period=period, **written_lookup(line)).first()
    must_not_be_newer(before, typed, grown_from)
    draft, _is_new = FollowUpDraft.objects.update_or_create(
        user=actor,
        period=period,
        **written_lookup(line),
        defaults={
            "typed": (before.typed if before else {}) | typed,
            "base_version": base_version,
            "saved_at": clock.now(),
        },
    )
    return draft


def discard_draft(line: Written, period: ReportingPeriod, *, actor: User) -> None:
    remove_drafts(FollowUpDraft.objects.filter(user=actor, period=period, **written_lookup(line)))


def browser_key(line: Written, period: ReportingPeriod, writer: User) -> str:
    """Return the name by which a browser keeps what this person types of this line."""
    return f"draft:{writer.pk}:{line.code}:{period.code}"


def draft_of(line: Written, period: ReportingPeriod, writer: User) -> FollowUpDraft | None:
    return FollowUpDraft.objects.filter(user=writer, period=period, **written_lookup(line)).first()


def drafts_of(writer: User, programme: Programme) -> list[KeptDraft]:
    """Return a person's drafts in a programme, the newest first, whatever became of their rounds."""
    rows = FollowUpDraft.objects.filter(user=writer, period__programme=programme).select_related(
        "period",
        "target__programme",
        "action__work_programme__group__programme",
        "group",
        "indicator__programme",
        "municipality",
    )
    return [
        KeptDraft(
            draft,
            draft.line,
            address_of(draft.line, programme.slug, draft.period),
            address_of(draft.line, programme.slug, draft.period, verb="draft"),
        )
        for draft in rows
    ]


def writing_now(line: Written, period: ReportingPeriod, *, besides: User) -> QuerySet[FollowUpDraft]:
    """Return who else has just been typing of this line, without a word of what: only that they are."""
    lately = FollowUpDraft.objects.filter(
        period=period, saved_at__gte=clock.now() - WRITING, **written_lookup(line)
    )
    return lately.exclude(user=besides).select_related("user").only("saved_at", "user__name", "user__email")


def purge_drafts() -> int:
    """Remove the drafts whose round closed long ago; returns how many."""
    last_closing = Greatest("period__closes_at", Coalesce("period__reopened_until", "period__closes_at"))
    old = FollowUpDraft.objects.annotate(last_closing=last_closing).filter(
        last_closing__lt=clock.now() - KEPT_AFTER_CLOSING
    )
    return remove_drafts(old)
