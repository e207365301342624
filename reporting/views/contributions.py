"""The contributions of the municipalities: the page of a year, and the same as a file."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme.breadcrumbs import Step
from programme.generic import DetailView, programme_of
from programme.models import FundingSource
from programme.sheets.responses import csv_response, xlsx_response
from programme.trail import last_saving
from reporting.contributions.closing import takes_a_settlement
from reporting.contributions.keeping import takes_a_key
from reporting.contributions.page import contributions_of
from reporting.contributions.sheets import contributions_sheet
from reporting.municipalities import municipalities_visible_to


@method_decorator(login_not_required, name="dispatch")
class ContributionsView(DetailView):
    """The shares of a decided budget are public; what was billed and used is read as it was told."""

    template_name = "reporting/contributions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, user = self.kwargs["year"], self.request.user
        told = contributions_of(user, self.programme, year)
        keeps = user.has_perm("reporting.keep_contributions", self.programme)
        finance = reverse("reporting:finance", args=[self.programme.slug, year])
        return super().get_context_data(
            year=year,
            told=told,
            keeps=keeps,
            may_set_key=keeps and bool(told.income) and takes_a_key(self.programme, year),
            may_settle=keeps and takes_a_settlement(self.programme, year),
            saving=last_saving(told.key) if told.key and keeps else None,
            lacks_source=keeps
            and not FundingSource.objects.filter(programme=self.programme, of_municipalities=True).exists(),
            opens=set(municipalities_visible_to(user, self.programme).values_list("pk", flat=True)),
            breadcrumbs=[Step(_("Finance %(year)s") % {"year": year}, finance), Step(_("Contributions"))],
            **kwargs,
        )


@login_not_required
@require_safe
def contributions_file(request: HttpRequest, programme: str, year: int, kind: str) -> HttpResponseBase:
    """Give the figures of the page out as a file."""
    found = programme_of(request, programme)
    told = contributions_of(request.user, found, year)
    if not (told.steps and told.rows):
        raise Http404(_("There is no such page, or it is not yours to see."))
    sheet, name = contributions_sheet(told), f"{found.code}-{year}-contributions"
    if kind == "csv":
        return csv_response(sheet, name, programme=found)
    title = _("Contributions of the municipalities %(year)s") % {"year": year}
    return xlsx_response([sheet], name, title=title, programme=found)
