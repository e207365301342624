"""The money of a year as of a period."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from programme.generic import visible_or_404
from programme.models import CostCentre
from reporting import charts, rules
from reporting.accounts_of_centre import accounts_of
from reporting.facts import Section
from reporting.reading import Reading, read_period
from reporting.views.overview import PeriodView


@method_decorator(login_not_required, name="dispatch")
class FinanceView(PeriodView):
    """Budget, amendments, actuals and forecast by cost centre, in euros; a cost centre opens its accounts."""

    template_name = "reporting/finance.html"
    sections = frozenset({Section.FINANCE})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.kwargs["year"]
        reading = self._reading_of_year(year)
        kwargs["reads_imports"] = self.request.user.has_perm("programme.read_ledger_imports", self.programme)
        if reading is None:
            return super().get_context_data(year=year, reading=None, **kwargs)
        finance = reading.facts["finance"]
        rows = finance["rows"] or [finance["total"]]
        return super().get_context_data(
            year=year,
            reading=reading,
            finance=finance,
            chart=charts.finance_bullets(rows, title=_("Use of the amended budget"), uid="finance"),
            periods_of_year=[period for period in reading.periods if period.year == year],
            years=sorted({period.year for period in reading.periods}, reverse=True),
            **self._opened_centre(reading),
            **kwargs,
        )

    def _reading_of_year(self, year: int) -> Reading | None:
        """Return the period that the address names, else the latest of its year; None where none was told."""
        reading = self.read()
        if reading is not None and reading.period.year != year and "period" not in self.request.GET:
            latest = next((period for period in reading.periods if period.year == year), None)
            if latest is not None:
                reading = read_period(self.request.user, self.programme, latest.code, sections=self.sections)
        if reading is not None and reading.period.year != year:
            if "period" in self.request.GET:
                raise Http404(_("This period is of another year."))
            return None
        return reading

    def _opened_centre(self, reading: Reading) -> dict[str, Any]:
        """Return the accounts of the cost centre that the address opens; they are the officials'."""
        opens_centres = bool(rules.reads_live_figures(self.request.user, self.programme))
        code = self.request.GET.get("cost_centre")
        if not code or not opens_centres:
            return {"opens_centres": opens_centres}
        centre = visible_or_404(CostCentre.objects.all(), programme=self.programme, code=code)
        return {
            "opens_centres": opens_centres,
            "centre": centre,
            "accounts": accounts_of(centre, reading.period),
        }
