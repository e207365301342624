"""The vouchers behind the figures of a year's money."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import text
from programme.breadcrumbs import Step
from programme.generic import ListView, programme_of
from programme.models import LedgerEntry, Programme
from programme.sheets.responses import csv_response, xlsx_response
from reporting import rules
from reporting.filters import EntryFilter
from reporting.money.entries import entries_of, whole_of
from reporting.money.sheets import entries_sheet
from reporting.tables import EntryTable

# A spreadsheet is made in memory, while its reader waits.
MOST_IN_A_SPREADSHEET = 20_000


class EntryList(ListView):
    """Entries of the ledger, by cost centre, account and period: for those who read live figures."""

    table_class = EntryTable
    filterset_class = EntryFilter
    template_name = "reporting/entry_list.html"
    table_pagination = {"per_page": 50}

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        return _readable(self.request, self.programme, self.kwargs["year"])

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"year": self.kwargs["year"]}

    def get_table_kwargs(self) -> dict[str, Any]:
        opens = self.request.user.has_perm("programme.read_ledger_imports", self.programme)
        return super().get_table_kwargs() | {"imports_of": self.programme.slug if opens else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.kwargs["year"]
        finance = reverse("reporting:finance", args=[self.programme.slug, year])
        return super().get_context_data(
            title=_("Entries of the ledger %(year)s") % {"year": year},
            breadcrumbs=[Step(_("Finance %(year)s") % {"year": year}, finance), Step(_("Entries"))],
            year=year,
            whole=whole_of(self.object_list),
            **kwargs,
        )


def _readable(request: HttpRequest, programme: Programme, year: int) -> QuerySet[LedgerEntry]:
    if not rules.reads_live_figures(request.user, programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return entries_of(programme, year)


@require_safe
def entries_file(request: HttpRequest, programme: str, year: int, kind: str) -> HttpResponseBase:
    """Give out the entries that the list shows with the same choice, all pages of them."""
    found = programme_of(request, programme)
    readable = _readable(request, found, year)
    chosen = EntryFilter(request.GET, queryset=readable, request=request, year=year)
    if not chosen.is_valid():
        raise BadRequest(_("This choice is not among those of the list. Open the list again."))
    sheet = entries_sheet(chosen.qs, found)
    name = f"{found.code}-{year}-entries"
    if kind == "csv":
        return csv_response(sheet, name, programme=found)
    if chosen.qs.count() > MOST_IN_A_SPREADSHEET:
        raise BadRequest(
            _("A spreadsheet takes at most %(number)s entries. Choose a cost centre, or take the CSV file.")
            % {"number": text.number(MOST_IN_A_SPREADSHEET, 0)}
        )
    title = _("Entries of the ledger %(year)s") % {"year": year}
    return xlsx_response([sheet], name, title=title, programme=found)
