"""The package: a spreadsheet, the same as CSV, a manifest with hashes, and a text that says what is what."""

from typing import Any, NamedTuple

from programme import clock, text
from programme.models import ReportingPeriod, User
from programme.sheets.cells import Sheet
from programme.sheets.packages import MANIFEST, packed
from programme.sheets.writing import csv_of, workbook_of
from reporting.evaluation_package.collecting import Material, material_of
from reporting.evaluation_package.evaluations import comments_sheet, evaluations_sheet
from reporting.evaluation_package.lines import (
    actions_sheet,
    group_reports_sheet,
    said_sheet,
    targets_sheet,
)
from reporting.evaluation_package.money import indicators_sheet, money_sheet, municipalities_sheet
from reporting.evaluation_package.readme import readme_of
from reporting.facts import FACTS_VERSION
from workgroups.models import Evaluation

FORMAT = 1
SHEETS = (
    targets_sheet,
    actions_sheet,
    said_sheet,
    group_reports_sheet,
    money_sheet,
    indicators_sheet,
    municipalities_sheet,
    evaluations_sheet,
    comments_sheet,
)
README = "README.txt"


class Bundle(NamedTuple):
    name: str
    content: bytes


def bundle_of(last: ReportingPeriod, kind: str, *, reader: User) -> Bundle:
    """Make the package of an evaluation up to a period, in the reader's language and with their rights."""
    material = material_of(last, reader=reader)
    sheets = [make(material) for make in SHEETS]
    name = f"{material.programme.slug.upper()}-{kind.replace('_', '-')}-{last.code}"
    label = str(Evaluation.Kind(kind).label)
    files = {f"{name}.xlsx": _workbook(material, sheets, label)}
    files |= {f"csv/{sheet.name}.csv": csv_of(sheet) for sheet in sheets}
    files[README] = readme_of(
        material,
        sheets,
        label=label,
        workbook=f"{name}.xlsx",
        manifest=MANIFEST,
        notice=_sample_notice(material),
    ).encode()
    return Bundle(f"{name}.zip", packed(files, _told(material, kind)))


def _sample_notice(material: Material) -> str:
    programme = material.programme
    return text.words_of(programme, "sample_notice")[0] if programme.is_sample else ""


def _workbook(material: Material, sheets: list[Sheet], label: str) -> bytes:
    programme = material.programme
    return workbook_of(
        sheets,
        title=f"{text.words_of(programme, 'name')[0]}: {label}",
        author=text.words_of(programme, "owner")[0],
        notice=_sample_notice(material),
    )


def _told(material: Material, kind: str) -> dict[str, Any]:
    """Tell whose figures these are, from where and by which rules."""
    programme = material.programme
    return {
        "format": FORMAT,
        "programme": programme.code,
        "kind": kind,
        "last_period": material.last.code,
        "made_at": clock.now().isoformat(),
        "made_by": str(material.reader),
        "language": text.language_code(),
        "is_sample": programme.is_sample,
        "periods": [
            {
                "code": reading.period.code,
                "figures": "frozen" if reading.dataset else "live",
                "dataset_version": reading.dataset.version if reading.dataset else None,
                "dataset_sha256": reading.dataset.sha256 if reading.dataset else None,
            }
            for reading in material.readings
        ],
        "evaluations": [
            {
                "code": results.evaluation.code,
                "kind": results.evaluation.kind,
                "year": results.evaluation.year,
                "is_anonymous": results.evaluation.is_anonymous,
                "smallest": results.evaluation.smallest if results.evaluation.is_anonymous else None,
                "left_out": [row.group.code for row in results.left_out],
            }
            for results in material.results
        ],
        "rules": {
            "facts_version": FACTS_VERSION,
            "deviation_euros": str(programme.deviation_euros),
            "deviation_percent": str(programme.deviation_percent),
            "silent_line": "not_updated",
            "unknown_value": "empty cell, never zero",
            "few_answers": "a group with fewer answers than `smallest` stands in no figure, nor in the total",
        },
    }
