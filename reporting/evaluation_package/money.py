"""Sheets of money and of indicators."""

from django.utils.translation import gettext as _

from priorities.models import IndicatorValue
from programme.sheets.cells import Cell, Column, Kind, Sheet, words
from reporting.evaluation_package.collecting import Material
from reporting.indicators import read_indicators
from reporting.money.sheets import money_columns, money_rows
from workgroups.indicators.series import cells_of


def money_sheet(material: Material) -> Sheet:
    """Return the money of each year by cost centre, as of the year's last period that is told of."""
    columns = [
        Column("year", _("Year"), Kind.NUMBER),
        Column("period", _("As of the period"), Kind.CODE),
        *money_columns(),
    ]
    latest = [(year, material.of_year(year)[-1]) for year in material.years]
    rows = [
        [year, reading.period.code, *row]
        for year, reading in latest
        # Its other sheets name cost centres by their codes.
        for row in money_rows(reading.facts["finance"], with_codes=True)
    ]
    return Sheet("money", _("Money"), columns, rows)


def indicators_sheet(material: Material) -> Sheet:
    """Return the series of the indicators, a row a period, as their pages show them to the same reader."""
    columns = [
        Column("code", _("Code"), Kind.CODE),
        Column("name", _("Indicator"), Kind.LONG_TEXT),
        Column("group", _("Working group"), Kind.CODE),
        Column("unit", _("Unit")),
        Column("direction", _("Direction")),
        Column("source", _("Source"), Kind.LONG_TEXT),
        Column("baseline", _("Baseline"), Kind.NUMBER),
        Column("period", _("Period"), Kind.CODE),
        Column("value", _("Value"), Kind.NUMBER),
        Column("aim", _("Aim"), Kind.NUMBER),
    ]
    sheet = Sheet("indicators", _("Indicators"), columns)
    for reading in read_indicators(material.reader, material.programme):
        indicator = reading.indicator
        for point in reading.points:
            if point.period.ends_on > material.last.ends_on:
                continue
            sheet.rows.append(
                [
                    indicator.code,
                    words(indicator, "name"),
                    reading.group.code if reading.group else None,
                    indicator.unit or None,
                    str(indicator.get_direction_display()) or None,
                    indicator.source or None,
                    indicator.baseline,
                    point.period.code,
                    point.value,
                    point.aim,
                ]
            )
    return sheet


def municipalities_sheet(material: Material) -> Sheet:
    """Return the accepted values of municipalities, entered as such and never added up."""
    columns = [
        Column("code", _("Code"), Kind.CODE),
        Column("name", _("Indicator"), Kind.LONG_TEXT),
        Column("unit", _("Unit")),
        Column("period", _("Period"), Kind.CODE),
        Column("municipality", _("Municipality")),
        Column("value", _("Value"), Kind.NUMBER),
        Column("note", _("Note and source"), Kind.LONG_TEXT),
    ]
    values = list(
        IndicatorValue.objects.filter(
            indicator__programme=material.programme,
            municipality__isnull=False,
            period__ends_on__lte=material.last.ends_on,
        )
        .select_related("indicator", "period", "municipality", "entered_by", "accepted_by")
        .order_by("indicator__order", "period__ends_on", "municipality__number")
    )
    cells = cells_of(values)
    rows: list[list[Cell]] = [
        [
            value.indicator.code,
            words(value.indicator, "name"),
            value.indicator.unit or None,
            value.period.code,
            words(value.municipality, "name"),
            told.value,
            told.note or None,
        ]
        for value in values
        if (told := cells[value.pk].told) is not None
    ]
    return Sheet("municipalities", _("Indicators by municipality"), columns, rows)
