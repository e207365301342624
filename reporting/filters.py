"""Filters of reports and of the ledger's entries."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme import text
from programme.filters import YEARS
from programme.forms import DayField
from programme.models import Account, CostCentre, LedgerEntry, LedgerImport, ReportingPeriod
from reporting.models import Report
from reporting.money.entries import of_period


class ReportFilter(django_filters.FilterSet):
    """Reports by year and state."""

    year = django_filters.NumberFilter(field_name="period__year", label=_("Year"), **YEARS)
    state = django_filters.ChoiceFilter(choices=Report.State.choices, label=_("State"), empty_label=_("All"))

    class Meta:
        model = Report
        fields = ["year", "state"]


class DayFilter(django_filters.DateFilter):
    """A day as people write it."""

    field_class = DayField


class EntryFilter(django_filters.FilterSet):
    """Entries of a year by cost centre, account, period, import and days; choices go by their codes."""

    cost_centre = django_filters.ChoiceFilter(
        field_name="cost_centre__code", label=_("Cost centre"), empty_label=_("All")
    )
    account = django_filters.ChoiceFilter(
        field_name="account__code", label=_("Account"), empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        field_name="account__kind", label=_("Kind"), choices=Account.Kind.choices, empty_label=_("All")
    )
    period = django_filters.ChoiceFilter(method="in_period", label=_("Period"), empty_label=_("All the year"))

    ledger_import = django_filters.ChoiceFilter(label=_("From the file"), empty_label=_("All"))
    first = DayFilter(field_name="booked_on", lookup_expr="gte", label=_("First day"))
    last = DayFilter(field_name="booked_on", lookup_expr="lte", label=_("Last day"))

    class Meta:
        model = LedgerEntry
        fields = ["cost_centre", "account", "kind", "period", "ledger_import", "first", "last"]

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.request.programme
        for name, rows in (("cost_centre", CostCentre), ("account", Account)):
            self.filters[name].extra["choices"] = [
                (row.code, f"{row.number} {text.words_of(row, 'name')[0]}")
                for row in rows.objects.filter(programme=programme)
            ]
        self.periods = {
            period.code: period for period in ReportingPeriod.objects.filter(programme=programme, year=year)
        }
        self.filters["period"].extra["choices"] = [
            (code, text.period(period.starts_on, period.ends_on)) for code, period in self.periods.items()
        ]

        imports = LedgerImport.objects.filter(programme=programme, reverted_at__isnull=True)
        self.filters["ledger_import"].extra["choices"] = [
            (str(one.pk), f"{one.source_name}, {text.day(one.imported_at)}")
            for one in imports.order_by("-imported_at", "-pk")
        ]

    def in_period(self, entries: QuerySet[LedgerEntry], _name: str, code: str) -> QuerySet[LedgerEntry]:
        return of_period(entries, self.periods[code])
