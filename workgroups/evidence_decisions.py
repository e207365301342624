"""Decisions on which a follow-up may stand: those that concern its line, or the group that answers for it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock, text
from programme.models import Body, Decision, ReportingPeriod
from workgroups.models import Amendment, WorkingGroup
from workgroups.services import Line, line_lookup


def decisions_about(
    line: Line, group: WorkingGroup, period: ReportingPeriod, *, standing: int | None
) -> QuerySet[Decision]:
    """Return what has been decided about a line or by its group in the period's year, the latest first.

    About the line: what set it, what amended it, what approved or noted its plan, what gave its responsible
    something to do. The one that stands already, by id, is always among them.
    """
    year = period.year
    concerns = Q(pk=standing) | Q(matter__body=group.body_id, matter__year=year)
    accepted = Amendment.objects.filter(state=Amendment.State.ACCEPTED, **line_lookup(line))
    concerns |= Q(pk__in=accepted.values("decision"))
    if isinstance(line, AnnualTarget):
        concerns |= Q(pk=line.decision_id)
    else:
        plan = line.work_programme
        concerns |= Q(pk__in=[pk for pk in (plan.approval_id, plan.noting_id) if pk])
    if line.responsible_id:
        concerns |= Q(tasks__responsible=line.responsible_id, matter__year=year)
    found = Decision.objects.filter(concerns, matter__meeting__held_on__lte=clock.today())
    rows = Decision.objects.filter(pk__in=found.order_by().values("pk"))
    return rows.select_related("matter__meeting__body").order_by(
        "-matter__meeting__held_on", "-matter__section"
    )


def name_of(decision: Decision) -> str:
    """Return a decision by its body, day, § or item, and title."""
    matter = decision.matter
    by_section = matter.meeting.body.numbering == Body.Numbering.SECTION_PER_YEAR
    number = text.section(matter.section) if by_section else _("item %(number)s") % {"number": matter.item}
    body = text.words_of(matter.meeting.body, "name")[0]
    return f"{body} {text.day(matter.meeting.held_on)}, {number}: {matter.title}"


class DecisionChoice(forms.ModelChoiceField):
    """A decision among those that may be chosen."""

    def __init__(self, queryset: QuerySet[Decision], **kwargs: Any) -> None:
        super().__init__(queryset, required=False, empty_label="–", **kwargs)

    def label_from_instance(self, row: Any) -> str:
        return name_of(row)
