"""Sheets of money and of indicators."""

from django.utils.translation import gettext as _

from reporting.evaluation_package.collecting import Material
from reporting.evaluation_package.sheets import Column, Kind, Sheet, number, words
from reporting.indicators import read_indicators


def money_sheet(material: Material) -> Sheet:
    """Return the money of each year by cost centre, as of the year's last period that is told of."""
    columns = [
        Column("year", _("Year"), Kind.NUMBER),
        Column("period", _("As of the period"), Kind.CODE),
        Column("cost_centre", _("Cost centre"), Kind.CODE),
        Column("name", _("Name")),
        Column("budget", _("Budget, €"), Kind.EUROS),
        Column("amendments", _("Amendments, €"), Kind.EUROS),
        Column("amended", _("Amended budget, €"), Kind.EUROS),
        Column("actual", _("Actual, €"), Kind.EUROS),
        Column("actual_percent", _("Used, %"), Kind.NUMBER),
        Column("forecast", _("Forecast, €"), Kind.EUROS),
        Column("deviation", _("Deviation, €"), Kind.EUROS),
        Column("explanation", _("Explanation"), Kind.LONG_TEXT),
    ]
    sheet = Sheet("money", _("Money"), columns)
    for year in material.years:
        reading = material.of_year(year)[-1]
        finance = reading.facts["finance"]
        for row in (*finance["rows"], *([finance["total"]] if finance["rows"] else [])):
            sheet.rows.append(
                [
                    year,
                    reading.period.code,
                    row["code"] or None,
                    words(row["name"]) if row["code"] else _("Total"),
                    number(row["original"]),
                    number(row["amendments"]),
                    number(row["amended"]),
                    number(row["actual"]),
                    number(row["actual_percent"]),
                    number(row["forecast"]),
                    number(row["deviation"]),
                    row["explanation"],
                ]
            )
    return sheet


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
