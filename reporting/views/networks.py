"""The networks: all of them, and one with what is done in it and what serves it."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.utils.decorators import method_decorator

from priorities.models import AnnualTarget
from programme.breadcrumbs import Step, step_to
from programme.generic import visible_or_404
from programme.models import Network
from programme.networks import years_to_tell
from programme.views.networks import step_to_networks
from reporting.reading import Reading
from reporting.thread import Passages, Targets, networks_of
from reporting.views.overview import PeriodView
from workgroups.models import Action


class ServingAction(NamedTuple):
    action: Action
    carries_out: bool  # else it serves the network beside what it carries out
    status: str | None  # in the period that is read; None: of another year, or not told to the reader


class ToldYear(NamedTuple):
    year: int
    text: str


@method_decorator(login_not_required, name="dispatch")
class NetworkList(PeriodView):
    """The networks, in the programme's words."""

    template_name = "reporting/network_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.read()
        return super().get_context_data(
            breadcrumbs=[self.step_to_programme(), step_to_networks(self.programme)._replace(address=None)],
            reading=reading,
            networks=networks_of(self.programme, Targets(reading.facts if reading else None)),
            intro=Passages(self.programme).networks_intro,
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class NetworkDetail(PeriodView):
    """One network, or a heading of some: what it is about, what was done in it, what serves it."""

    template_name = "reporting/network.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        networks = Network.objects.select_related("programme", "parent__programme")
        network = visible_or_404(networks, programme=self.programme, code=self.kwargs["code"])
        reading = self.read()
        told = reading.facts["targets"] if reading else []
        may_write = self.request.user.has_perm("programme.write_networks", self.programme)
        return super().get_context_data(
            network=network,
            breadcrumbs=self._way_to(network),
            children=network.children.select_related("programme"),
            years=self._years(network, with_untold=may_write),
            may_write=may_write,
            reading=reading,
            targets=[target for target in told if network.code in target["networks"]],
            other_targets=self._targets_of_other_years(network, reading),
            actions=self._actions(network, reading),
            **kwargs,
        )

    def _way_to(self, network: Network) -> list[Step]:
        above = network.parent
        # The root is a sentence; the list begins with it.
        kind = [step_to(above)] if above and above.kind != Network.Kind.ROOT else []
        return [self.step_to_programme(), step_to_networks(self.programme), *kind, Step(network.code)]

    def _years(self, network: Network, *, with_untold: bool) -> list[ToldYear]:
        """Return what was done, the latest year first; those who write see the years without a word too."""
        told = dict(network.years.values_list("year", "text"))
        years = set(told) | (set(years_to_tell(self.programme)) if with_untold else set())
        return [ToldYear(year, told.get(year, "")) for year in sorted(years, reverse=True)]

    def _targets_of_other_years(self, network: Network, reading: Reading | None) -> list[AnnualTarget]:
        """Return the decided targets of the years that are not being read: their statuses are told there."""
        targets = AnnualTarget.objects.decided().filter(networks=network).select_related("programme")
        if reading is not None:
            targets = targets.exclude(year=reading.period.year)
        return list(targets.order_by("-year", "order", "code"))

    def _actions(self, network: Network, reading: Reading | None) -> list[ServingAction]:
        told = reading.facts["actions"] if reading else []
        statuses = {action["code"]: action["status"] for action in told}
        actions = (
            Action.objects.visible_to(self.request.user, self.programme)
            .filter(Q(network=network) | Q(networks=network))
            .select_related("work_programme__group__programme")
            .order_by("-work_programme__year", "work_programme__group__order", "order", "code")
            .distinct()
        )
        return [
            ServingAction(action, action.network_id == network.pk, statuses.get(action.code))
            for action in actions
        ]
