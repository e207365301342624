"""Sheets of money and of indicators."""

from django.utils.translation import gettext as _

from programme.sheets.cells import Column, Kind, Sheet, words
from reporting.evaluation_package.collecting import Material
from reporting.indicators import read_indicators
from reporting.money.sheets import money_columns, money_rows


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
        for row in money_rows(reading.facts["finance"])
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
