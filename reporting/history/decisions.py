"""Decisions about a line: what fixed it, what amended it, and in which matters it was told."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Matter
from reporting.history.told import Told
from reporting.history.wordings import PeriodSaid
from workgroups.models import Amendment
from workgroups.services import Line


class Decided(NamedTuple):
    """One matter of a meeting, and what it has to do with the line."""

    what: str
    matter: Matter


def decisions_about(
    line: Line, said: list[PeriodSaid], told: list[Told], amendments: list[Amendment]
) -> list[Decided]:
    """Return the matters about a line, the latest first; one that is not public yet is left out."""
    found = []
    if isinstance(line, AnnualTarget):
        if line.decision:
            found.append(Decided(_("Set with the budget"), line.decision.matter))
    else:
        plan = line.work_programme
        if plan.approval:
            found.append(Decided(_("Work programme approved"), plan.approval.matter))
        if plan.noting:
            found.append(Decided(_("Work programme noted"), plan.noting.matter))
    found += [
        Decided(_("Amendment %(code)s") % {"code": amendment.code}, amendment.decision.matter)
        for amendment in amendments
        if amendment.decision
    ]
    found += [
        Decided(_("Evidence of what was achieved"), wording.matter)
        for period in said
        for wording in period.wordings
        if wording.matter
    ]
    found += [
        Decided(_("Report %(code)s") % {"code": one.key}, one.report.matter)
        for one in told
        if one.report.matter
    ]
    public = [decided for decided in dict.fromkeys(found) if _is_public(decided.matter)]
    return sorted(public, key=lambda decided: decided.matter.meeting.held_on, reverse=True)


def _is_public(matter: Matter) -> bool:
    """Matters are public once their meeting is held or its agenda is published."""
    today = clock.today()
    published = matter.meeting.agenda_published_on
    return matter.meeting.held_on <= today or (published is not None and published <= today)
