"""The finance tables that the sample file states for its reports, compared with what the portal computes."""

from collections import Counter
from decimal import Decimal
from typing import Any

from tests.reporting.sample_facts import SAMPLE

COLUMNS = {
    "original": "ta_alkuperainen",
    "amendments": "ta_muutokset",
    "amended": "ta_muutettu",
    "actual": "toteuma",
    "actual_percent": "toteuma_pct",
    "expected_percent": "tasainen_pct",
    "forecast": "ennuste",
    "deviation": "poikkeama",
    "deviation_percent": "poikkeama_pct",
}
SOURCES = {source["code"]: source["id"] for source in SAMPLE["funding_sources"]}
LAST_MONTHS = {"T1": 4, "T2": 8, "TP": 12}


def assert_same_finance(finance: Any, report: Any) -> None:
    """Compare every stated figure of a report: its rows, its total, its funding and its settlement."""
    rows = {row["code"]: row for row in finance["rows"]}
    assert set(rows) == {row["kustannuspaikka"] for row in report["finance"]}
    for expected in report["finance"]:
        row = rows[expected["kustannuspaikka"]]
        assert_same_sums(row, expected)
        assert row["must_explain"] == expected.get("selite_vaaditaan", False)
        assert row["explanation"] == expected.get("selite")
    assert_same_sums(finance["total"], report["finance_total"])
    assert_same_funding(finance["funding"], report.get("funding"))
    assert_same_settlement(finance["settlement"], report.get("municipal_settlement"))


def assert_same_sums(row: Any, expected: Any) -> None:
    told = {name: Decimal(row[name]) for name in COLUMNS}
    assert told == {name: Decimal(str(expected[column])) for name, column in COLUMNS.items()}


def assert_same_funding(funding: Any, stated: Any) -> None:
    used = {row["code"]: row["used"] and Decimal(row["used"]) for row in funding}
    if stated is None:
        assert set(used.values()) == {None}
        return
    assert used == {code: stated[name] for name, code in SOURCES.items()}
    assert sum(used.values()) == stated["yhteensa"]
    shares = {row["code"]: Decimal(row["used_percent"]) for row in funding}
    for name, code in SOURCES.items():
        if f"{name}_pct" in stated:
            assert shares[code] == Decimal(str(stated[f"{name}_pct"]))


def assert_same_settlement(settlement: Any, stated: Any) -> None:
    if stated is None:
        assert settlement is None
        return
    assert {name: Decimal(settlement[name]) for name in ("billed", "used", "carried_over")} == {
        "billed": stated["laskutettu"],
        "used": stated["kaytetty"],
        "carried_over": stated["siirtyy_seuraavalle_vuodelle"],
    }
    assert settlement["text"] == stated["text_fi"]


def booked(year: int, kind: str, by: str) -> dict[str, int]:
    """Add up the file's own months of a year, to the last month of a kind of period, by a column."""
    sums = Counter[str]()
    for row in SAMPLE["monthly_actuals"]:
        if row["year"] == year:
            sums[row[by]] += sum(row["months"][: LAST_MONTHS[kind]])
    return dict(sums)
