"""Addresses of what is told: thread, dashboard, networks, lines, money, reports."""

from django.urls import path, register_converter

from programme.converters import CodeConverter
from reporting.views import (
    budget,
    contribution_acts,
    contributions,
    earlier,
    entries,
    evaluations,
    finance,
    forecasts,
    hand_over,
    history,
    indicators,
    lines,
    municipalities,
    networks,
    overview,
    phasing,
    prints,
    reports,
)


class SheetConverter(CodeConverter):
    """The kind of a file of figures."""

    regex = "xlsx|csv"


class LanguageConverter(CodeConverter):
    """A language other than Finnish, which is what an address without one means."""

    regex = "sv|en"


register_converter(SheetConverter, "sheet")
register_converter(LanguageConverter, "language")

app_name = "reporting"

EARLIER = "<slug:programme>/reports/earlier/"
CONTRIBUTIONS = "<slug:programme>/finance/<year:year>/contributions"
PHASING = "<slug:programme>/finance/<year:year>/phasing/"
PLAN = "<slug:programme>/workgroups/<code:code>/<year:year>"

urlpatterns = [
    path("verify/<code:code>/<int:version>/", reports.report_verify, name="report-verify"),
    path("<slug:programme>/", overview.ThreadView.as_view(), name="thread"),
    path("<slug:programme>/dashboard/", overview.DashboardView.as_view(), name="dashboard"),
    path(
        "<slug:programme>/priorities/<code:code>/", overview.PriorityDetail.as_view(), name="priority-detail"
    ),
    path("<slug:programme>/goals/<code:code>/", overview.GoalDetail.as_view(), name="goal-detail"),
    path("<slug:programme>/measures/<code:code>/", overview.MeasureDetail.as_view(), name="measure-detail"),
    path("<slug:programme>/networks/", networks.NetworkList.as_view(), name="network-list"),
    path("<slug:programme>/networks/<code:code>/", networks.NetworkDetail.as_view(), name="network-detail"),
    path("<slug:programme>/indicators/", indicators.IndicatorList.as_view(), name="indicator-list"),
    path(
        "<slug:programme>/indicators/<code:code>/",
        indicators.IndicatorDetail.as_view(),
        name="indicator-detail",
    ),
    path("<slug:programme>/evaluations/", evaluations.evaluation_list, name="evaluation-list"),
    path(
        "<slug:programme>/evaluations/package.zip", evaluations.evaluation_package, name="evaluation-package"
    ),
    path(
        "<slug:programme>/evaluations/<code:code>/", evaluations.evaluation_detail, name="evaluation-detail"
    ),
    path("<slug:programme>/targets/", overview.TargetList.as_view(), name="target-list"),
    path("<slug:programme>/targets/<code:code>/", lines.TargetDetail.as_view(), name="target-detail"),
    path("<slug:programme>/actions/<code:code>/", lines.ActionDetail.as_view(), name="action-detail"),
    path(
        "<slug:programme>/targets/<code:code>/history/",
        history.TargetHistory.as_view(),
        name="target-history",
    ),
    path(
        "<slug:programme>/actions/<code:code>/history/",
        history.ActionHistory.as_view(),
        name="action-history",
    ),
    path(f"{PLAN}.pdf", prints.work_programme_pdf, name="work-programme-pdf"),
    path(f"{PLAN}/pdf/", prints.work_programme_print, name="work-programme-print"),
    path(f"{PLAN}/pdf/make/", prints.make_print, name="work-programme-print-make"),
    path("<slug:programme>/budget/", budget.budget_list, name="budget-list"),
    path("<slug:programme>/budget/<year:year>/", budget.budget_detail, name="budget"),
    path("<slug:programme>/budget/<year:year>.<sheet:kind>", budget.budget_file, name="budget-file"),
    path(
        "<slug:programme>/finance/<year:year>/entries.<sheet:kind>", entries.entries_file, name="entries-file"
    ),
    path(
        "<slug:programme>/finance/<year:year>.<sheet:kind>",
        finance.finance_file,
        name="finance-file",
    ),
    path("<slug:programme>/finance/<year:year>/entries/", entries.EntryList.as_view(), name="entry-list"),
    path(
        "<slug:programme>/finance/<year:year>/forecasts/<code:period>/<code:code>/",
        forecasts.forecast_edit,
        name="forecast-edit",
    ),
    path(f"{CONTRIBUTIONS}/", contributions.ContributionsView.as_view(), name="contributions"),
    path(f"{CONTRIBUTIONS}.<sheet:kind>", contributions.contributions_file, name="contributions-file"),
    path(f"{CONTRIBUTIONS}/key/", contribution_acts.contributions_key, name="contributions-key"),
    path(
        f"{CONTRIBUTIONS}/settlement/",
        contribution_acts.contributions_settlement,
        name="contributions-settlement",
    ),
    path(PHASING, phasing.phasing_list, name="phasing-list"),
    path(f"{PHASING}<code:centre>/<code:account>/", phasing.phasing_edit, name="phasing-edit"),
    path(f"{PHASING}<code:centre>/<code:account>/remove/", phasing.phasing_remove, name="phasing-remove"),
    path("<slug:programme>/finance/<year:year>/", finance.FinanceView.as_view(), name="finance"),
    path(
        "<slug:programme>/municipalities/",
        municipalities.MunicipalityList.as_view(),
        name="municipality-list",
    ),
    path(
        "<slug:programme>/municipalities/<code:code>/",
        municipalities.MunicipalityDetail.as_view(),
        name="municipality-detail",
    ),
    path("<slug:programme>/reports/", reports.ReportList.as_view(), name="report-list"),
    path(
        "<slug:programme>/reports/compose/<code:period>/<code:audience>/",
        reports.report_compose,
        name="report-compose",
    ),
    path(f"{EARLIER}new/", earlier.earlier_report_create, name="earlier-report-create"),
    path(f"{EARLIER}<code:code>/", earlier.earlier_report_detail, name="earlier-report-detail"),
    path(f"{EARLIER}<code:code>.pdf", earlier.earlier_report_pdf, name="earlier-report-pdf"),
    path(f"{EARLIER}<code:code>/withdraw/", earlier.earlier_report_withdraw, name="earlier-report-withdraw"),
    path("<slug:programme>/reports/<code:code>/", reports.report_detail, name="report-detail"),
    path("<slug:programme>/meetings/<code:code>/hand-over/", hand_over.hand_over, name="hand-over"),
    path(
        "<slug:programme>/meetings/<code:code>/hand-over.zip",
        hand_over.hand_over_package,
        name="hand-over-package",
    ),
    path("<slug:programme>/reports/<code:code>/write/", reports.report_write, name="report-write"),
    path("<slug:programme>/reports/<code:code>/agenda/", reports.report_to_agenda, name="report-agenda"),
    path("<slug:programme>/reports/<code:code>/freeze/", reports.report_freeze, name="report-freeze"),
    path("<slug:programme>/reports/<code:code>/render/", reports.report_render, name="report-render"),
    path("<slug:programme>/reports/<code:code>/progress/", reports.report_progress, name="report-progress"),
    path("<slug:programme>/reports/<code:code>.pdf", reports.report_pdf, name="report-pdf"),
    path(
        "<slug:programme>/reports/<code:code>.<language:language>.pdf",
        reports.report_pdf,
        name="report-pdf-language",
    ),
    path(
        "<slug:programme>/reports/<code:code>/<int:version>.pdf",
        reports.report_pdf,
        name="report-pdf-version",
    ),
    path("<slug:programme>/reports/<code:code>.html", reports.report_html, name="report-html"),
    path("<slug:programme>/reports/<code:code>.json", reports.report_json, name="report-json"),
]
