"""The vouchers behind the figures of a year's money."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step
from programme.generic import ListView
from programme.models import LedgerEntry
from reporting import rules
from reporting.filters import EntryFilter
from reporting.money.entries import entries_of, whole_of
from reporting.tables import EntryTable


class EntryList(ListView):
    """Entries of the ledger, by cost centre, account and period: for those who read live figures."""

    table_class = EntryTable
    filterset_class = EntryFilter
    template_name = "reporting/entry_list.html"
    table_pagination = {"per_page": 50}

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        if not rules.reads_live_figures(self.request.user, self.programme):
            raise Http404(_("There is no such page, or it is not yours to see."))
        return entries_of(self.programme, self.kwargs["year"])

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"year": self.kwargs["year"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.kwargs["year"]
        finance = reverse("reporting:finance", args=[self.programme.slug, year])
        return super().get_context_data(
            title=_("Entries of the ledger %(year)s") % {"year": year},
            breadcrumbs=[Step(_("Finance %(year)s") % {"year": year}, finance), Step(_("Entries"))],
            whole=whole_of(self.object_list),
            **kwargs,
        )
