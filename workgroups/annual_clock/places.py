"""Where a deadline's step is done: the page, for those who may open it."""

from django.urls import reverse

from programme import clock
from programme.models import Deadline, DeadlineStep, User
from workgroups.models import WorkingGroup
from workgroups.rules import reads_approved_work

Act = DeadlineStep.Act
Doer = DeadlineStep.Doer
REPORTS_OF_GROUPS = (Act.REPORT_SUBMITTED, Act.REPORT_ACCEPTED)


def place_of(deadline: Deadline, user: User, unit: WorkingGroup | None) -> str:
    """Return the address of the page on which a step is done; empty where its reader may not open it.

    `unit` is the office's own, which has no body.
    """
    step, programme = deadline.step, deadline.step.programme
    if step.act in REPORTS_OF_GROUPS:
        return _report_of_group(deadline, user, unit)
    if step.act == Act.LEDGER_IMPORTED:
        may = user.has_perm("programme.read_ledger_imports", programme)
        return reverse("programme:ledger-import-list", args=[programme.slug]) if may else ""
    if step.kind == step.Kind.BUDGET and step.act != Act.AGENDA_PUBLISHED:
        if step.doer != Doer.COORDINATOR:
            return reverse("reporting:budget-list", args=[programme.slug])
        may = bool(reads_approved_work(user, programme))
        return reverse("workgroups:target-plan", args=[programme.slug, deadline.budget_year]) if may else ""
    if step.act == Act.REPORT_FROZEN or step.doer == Doer.PRESENTING_OFFICER:
        return reverse("reporting:report-list", args=[programme.slug])
    return deadline.meeting.get_absolute_url() if deadline.meeting else ""


def _report_of_group(deadline: Deadline, user: User, unit: WorkingGroup | None) -> str:
    group = deadline.body.working_group if deadline.body else unit
    period = deadline.period
    if group is None or period is None or period.opens_at > clock.now():
        return ""
    if not user.has_perm("workgroups.read_round", group):
        return ""
    return reverse("workgroups:group-report", args=[group.programme.slug, group.code, period.code])
