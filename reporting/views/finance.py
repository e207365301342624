"""The money of a year as of a period."""

from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import text
from programme.generic import NotToldSo, visible_or_404
from programme.models import CostCentre, FundingSource
from programme.sheets.responses import csv_response, xlsx_response
from reporting import charts, rules
from reporting.facts import Section
from reporting.money.accounts import accounts_of, whole_of
from reporting.money.follow_up import (
    By,
    Unit,
    earlier_days_of,
    first_by,
    follow_up_table,
    told_by,
    until_of,
)
from reporting.money.funding import funding_shown
from reporting.money.links import EntryLinks
from reporting.money.sheets import money_sheet
from reporting.money.tied import tied_to
from reporting.reading import Reading, read_period
from reporting.views.overview import PeriodView

Choice = TypeVar("Choice", By, Unit)


@method_decorator(login_not_required, name="dispatch")
class FinanceView(PeriodView):
    """The follow-up of a year's money, at first by cost centre in euros; a cost centre opens its accounts."""

    template_name = "reporting/finance.html"
    sections = frozenset({Section.FINANCE})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.kwargs["year"]
        read = self.read()
        years = sorted({period.year for period in read.periods}, reverse=True) if read else []
        reading = self.of_year(read, year)
        if reading is None:
            return super().get_context_data(year=year, reading=None, years=years, **kwargs)
        finance = reading.facts["finance"]
        rows = finance["rows"] or [finance["total"]]
        unit = self.chosen(Unit) or Unit.EUROS
        return super().get_context_data(
            year=year,
            reading=reading,
            finance=finance,
            until=until_of(reading.facts),
            follow_up=follow_up_table(
                reading.facts, self.chosen(By) or first_by(finance), unit, self._links(reading)
            ),
            funding=funding_shown(finance, unit),
            choices=told_by(finance),
            units=list(Unit),
            kept={name: value for name in ("by", "unit") if (value := self.request.GET.get(name))},
            chart=charts.finance_bullets(rows, title=_("Use of the amended budget"), uid="finance"),
            periods_of_year=[period for period in reading.periods if period.year == year],
            years=years,
            gives_forecasts=self._gives_forecasts(reading),
            **self._opened_centre(reading, unit),
            **kwargs,
        )

    def chosen(self, choice: type[Choice]) -> Choice | None:
        """Return what the address chooses, by the name of its kind; None where it is silent."""
        written = self.request.GET.get(choice.__name__.lower())
        try:
            return choice(written) if written else None
        except ValueError:
            raise NotToldSo(_("The table is not told in this way. Choose another.")) from None

    def of_year(self, reading: Reading | None, year: int) -> Reading | None:
        """Return the period that the address names, else the latest of its year; None where none was told."""
        if reading is not None and reading.period.year != year and "period" not in self.request.GET:
            latest = next((period for period in reading.periods if period.year == year), None)
            if latest is not None:
                reading = read_period(self.request.user, self.programme, latest.code, sections=self.sections)
        if reading is not None and reading.period.year != year:
            if "period" in self.request.GET:
                raise NotToldSo(_("This period is of another year."))
            return None
        return reading

    def _gives_forecasts(self, reading: Reading) -> set[str]:
        """Return the cost centres whose forecast the reader may give now."""
        if not reading.is_live or not reading.period.is_open:
            return set()
        centres = CostCentre.objects.filter(programme=self.programme).select_related("programme")
        user = self.request.user
        return {
            centre.code
            for centre in centres.prefetch_related("working_groups__programme")
            if user.has_perm("reporting.give_forecast", centre)
        }

    def _links(self, reading: Reading) -> EntryLinks | None:
        """Return where the figures lead, for those who read entries."""
        if not rules.reads_live_figures(self.request.user, self.programme):
            return None
        sources = FundingSource.objects.filter(programme=self.programme)
        return EntryLinks(
            programme=self.programme.slug,
            year=reading.period.year,
            period=reading.period.code,
            earlier=earlier_days_of(reading.facts),
            accounts=dict(sources.values_list("code", "account__code")),
        )

    def _opened_centre(self, reading: Reading, unit: Unit) -> dict[str, Any]:
        """Return the accounts of the cost centre that the address opens; they are the officials'."""
        opens_centres = bool(rules.reads_live_figures(self.request.user, self.programme))
        code = self.request.GET.get("cost_centre")
        if not code or not opens_centres:
            return {"opens_centres": opens_centres}
        centre = visible_or_404(CostCentre.objects.all(), programme=self.programme, code=code)
        accounts = accounts_of(centre, reading.period)
        whole = whole_of(accounts)
        period = reading.period
        return {
            "opens_centres": opens_centres,
            "centre": centre,
            "accounts": accounts,
            "account_rows": [(row.account, row.shown_in(unit)) for row in accounts],
            "account_total": whole.shown_in(unit),
            "account_days": text.period(period.starts_on, period.last_day_of_actuals),
            "tied": tied_to(centre, period.year, amended=whole.amended),
        }


@login_not_required
@require_safe
def finance_file(request: HttpRequest, programme: str, year: int, kind: str) -> HttpResponseBase:
    """Give the figures of the page out as a file."""
    page = FinanceView()
    page.setup(request, programme=programme, year=year)
    reading = page.of_year(page.read(), year)
    if reading is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    finance = reading.facts["finance"]
    by = page.chosen(By) or first_by(finance)
    if by not in told_by(finance):
        raise NotToldSo(_("By %(by)s nothing is told here: the task’s total is.") % {"by": by.label})
    sheet = money_sheet(reading.facts, by)
    name = f"{page.programme.code}-{reading.period.code}-finance-{by}"
    if kind == "csv":
        return csv_response(sheet, name, programme=page.programme)
    title = f"{_('Finance %(year)s') % {'year': year}}, {reading.period.code}"
    return xlsx_response([sheet], name, title=title, programme=page.programme)
