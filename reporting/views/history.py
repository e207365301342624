"""The history of a line: statuses, all changes, and the texts of reports side by side."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from reporting.history.changes import amendments_of, changes_of
from reporting.history.comparing import differences_between
from reporting.history.decisions import decisions_about
from reporting.history.told import told_in_reports
from reporting.history.wordings import said_by_period
from reporting.tellings import Telling
from workgroups import services
from workgroups.models import Action, targets_visible_to
from workgroups.services import Line
from workgroups.targets.pages import step_to_targets

VIEWS = ("statuses", "changes", "texts")


class LineHistory(DetailView):
    """What targets and actions share; `view` chooses what is shown, `a` and `b` what is compared."""

    template_name = "reporting/history.html"

    def line_of_address(self) -> Line:
        raise NotImplementedError(f"{type(self).__name__} does not say whose history it shows.")

    def steps_to(self, line: Any) -> list[Step]:
        raise NotImplementedError(f"{type(self).__name__} does not say the way to its line.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = self.request.GET.get("view") or VIEWS[0]
        if view not in VIEWS:
            raise Http404(_("There is no such page, or it is not yours to see."))
        line, reader = self.line_of_address(), self.request.user
        told = told_in_reports(line, self.programme, reader)
        said = said_by_period(line, self.programme, reader, told)
        amendments = amendments_of(line, self.programme, reader)
        if view == "texts":
            comparable = {one.key: one.telling for one in told}
        else:
            comparable = {one.key: one.telling for period in said for one in period.wordings}
        return super().get_context_data(
            line=line,
            view=view,
            told=told,
            said=said,
            entries=changes_of(line, self.programme, reader, said, amendments) if view == "changes" else [],
            decisions=decisions_about(line, said, told, amendments) if view == "statuses" else [],
            may_compare=view != "changes" and len(comparable) > 1,
            breadcrumbs=[*self.steps_to(line), Step(line.code, line.get_absolute_url()), Step(_("History"))],
            **self._compared(comparable),
            **kwargs,
        )

    def _compared(self, comparable: Mapping[str, Telling]) -> dict[str, Any]:
        """Return what differs between the two chosen; what one may not see does not exist."""
        keys = self.request.GET.get("a"), self.request.GET.get("b")
        if not any(keys):
            return {"a": "", "b": "", "compared": None}
        if any(key and key not in comparable for key in keys):
            raise Http404(_("There is no such page, or it is not yours to see."))
        a, b = (key or "" for key in keys)
        if not (a and b):
            return {"a": a, "b": b, "compared": None, "is_half_chosen": True}
        before, after = comparable[a], comparable[b]
        return {
            "a": a,
            "b": b,
            "compared": (before, after),
            "differences": differences_between(before, after),
        }


@method_decorator(login_not_required, name="dispatch")
class TargetHistory(LineHistory):
    """The history of an annual target: public, as the target is, to the depth that each reader reads."""

    def line_of_address(self) -> Line:
        targets = targets_visible_to(self.request.user, self.programme).select_related(
            "programme",
            "budget",
            "decision__matter__meeting__body__programme",
            "ownership__group__programme",
        )
        return visible_or_404(targets, programme=self.programme, code=self.kwargs["code"])

    def steps_to(self, line: Any) -> list[Step]:
        group = services.group_of(line)
        return [step_to_targets(self.programme), *([step_to(group)] if group else [])]


class ActionHistory(LineHistory):
    """The history of an action: seen with its work programme."""

    def line_of_address(self) -> Line:
        actions = (
            Action.with_removed.in_their_plan_once()
            .visible_to(self.request.user, self.programme)
            .select_related(
                "work_programme__group__programme",
                "work_programme__approval__matter__meeting__body__programme",
                "work_programme__noting__matter__meeting__body__programme",
            )
        )
        return visible_or_404(
            actions, work_programme__group__programme=self.programme, code=self.kwargs["code"]
        )

    def steps_to(self, line: Any) -> list[Step]:
        plan = line.work_programme
        return [
            step_to(plan.group),
            Step(_("Work programme %(year)s") % {"year": plan.year}, plan.get_absolute_url()),
        ]
