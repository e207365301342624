"""Filters of reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from programme.filters import YEARS
from reporting.models import Report


class ReportFilter(django_filters.FilterSet):
    """Reports by year and state."""

    year = django_filters.NumberFilter(field_name="period__year", label=_("Year"), **YEARS)
    state = django_filters.ChoiceFilter(choices=Report.State.choices, label=_("State"), empty_label=_("All"))

    class Meta:
        model = Report
        fields = ["year", "state"]
