"""Writing about networks: what they are about, and what was done in a year."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programme import networks
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.models import Network, NetworkYear, Programme
from programme.network_forms import NetworkForm, NetworkYearForm
from programme.saving import RememberingForm, Saved
from programme.sending import saved, sent, status_of
from programme.trail import last_saving


def step_to_networks(programme: Programme) -> Step:
    return Step(_("Networks"), reverse("reporting:network-list", args=[programme.slug]))


def _network(request: HttpRequest, slug: str, code: str) -> Network:
    """Return the network that an address names, for those who may write about it."""
    programme = programme_of(request, slug)
    network = visible_or_404(Network.objects.select_related("programme"), programme=programme, code=code)
    if not request.user.has_perm("programme.write_networks", programme):
        raise PermissionDenied(_("The programme office writes what is told of networks."))
    with refused_with_reason():
        programme.must_not_be_closed()
    return network


@require_http_methods(["GET", "HEAD", "POST"])
def network_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a network's themes, goals and partners."""
    network = _network(request, programme, code)
    form = NetworkForm(sent(request), instance=network)
    page = {"network": network, "breadcrumbs": [*_way_to(network), Step(_("Edit"))]}
    return _answer(request, form, page, row=network, save=partial(networks.save_network, network))


@require_http_methods(["GET", "HEAD", "POST"])
def network_year_edit(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show and take what was done in a network in a year."""
    network = _network(request, programme, code)
    if year not in networks.years_to_tell(network.programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    told = network.years.filter(year=year).first()
    form = NetworkYearForm(sent(request), instance=told or NetworkYear(network=network, year=year))
    page = {"network": network, "year": year, "breadcrumbs": [*_way_to(network), Step(str(year))]}
    return _answer(request, form, page, row=told, save=partial(networks.save_year, network, year))


def _way_to(network: Network) -> list[Step]:
    return [step_to_networks(network.programme), step_to(network)]


def _answer(
    request: HttpRequest,
    form: RememberingForm,
    page: dict[str, Any],
    *,
    row: Network | NetworkYear | None,
    save: Callable[..., Saved],
) -> HttpResponse:
    """Show a form, or save it; what two people changed at once merges or shows both texts."""
    network, outcome = page["network"], saved(form, save)
    if outcome is None:
        context = page | {"form": form, "saving": last_saving(row) if row and form.differing else None}
        return render(request, "programme/network_form.html", context, status=status_of(form))
    if outcome.others_changed:
        messages.success(
            request,
            _("Saved: %(line)s. What somebody else changed meanwhile is kept too.") % {"line": network.code},
        )
    else:
        messages.success(request, _("Saved: %(line)s") % {"line": network.code})
    return redirect(network)
