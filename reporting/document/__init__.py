"""A report's document: one value from frozen facts, shown alike by the HTML twin and by the PDF.

Pure: no request, no database. Figures are the facts' own; what is worked out here is only how they are
written, what stands beside what, and whether a line went up or down since the report before.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from programme import text
from reporting import charts
from reporting.document import front
from reporting.document.groups import asked_by_groups, words_of_groups
from reporting.document.implementation import implementation
from reporting.document.lines import Lines, counts
from reporting.document.money import finance
from reporting.document.numbering import Numbering, Section
from reporting.document.words import Passage, in_words, plain, previous_end, status_words, told
from reporting.fact_types import Facts, Particulars, TargetFacts

__all__ = ["build"]


def build(
    facts: Facts,
    *,
    particulars: Particulars | None,
    summary: str,
    proposal: str,
    narrative_language: str,
    language: str,
    verify_url: str,
) -> dict[str, Any]:
    """Return the document of a report in a language: the context of its templates.

    Without particulars, or with partial ones, it is a draft: marked so, without identity to verify.
    """
    with translation.override(language):
        numbering = Numbering()
        lines = Lines(facts)
        frozen = front.is_frozen(particulars)
        document: dict[str, Any] = {
            "language": language,
            "is_draft": not frozen,
            "kind": front.kind(facts),
            "period": facts["period"],
            "title": in_words(facts["programme"]["name"]),
            "identity": front.identity(facts, particulars),
            "watermarks": front.watermarks(facts, particulars),
            "sample_notice": _sample_notice(facts),
            "particulars": front.particulars_of(facts, particulars),
            "frozen_at": particulars["frozen_at"] if particulars and frozen else None,
            "summary_section": numbering.section("summary", _("Summary")),
            "summary": _paragraphs(summary, narrative_language),
            "key_figures": front.key_figures(facts),
            "statuses": _statuses(facts, numbering),
            "changes": _changes(facts, lines, numbering),
            "proposal": _paragraphs(proposal, narrative_language),
            "asked": asked_by_groups(facts),
            "implementation": implementation(facts, numbering),
            "priorities": _target_sections(facts, lines, numbering),
            "finance_section": numbering.section("finance", _("Finance"), str(len(facts["priorities"]) + 2)),
            "finance": finance(facts, numbering),
            "indicators": _indicators(facts, numbering),
            "appendix": _appendix(facts, lines, numbering),
            "data": _data(facts, particulars, verify_url if frozen else "", numbering),
        }
        document["contents"] = numbering.sections
        document["page_title"] = f"{document['kind']} {_period(facts)}, {document['title'].text}"
    return document


def _period(facts: Facts) -> str:
    return text.period(facts["period"]["starts_on"], facts["period"]["ends_on"])


def _sample_notice(facts: Facts) -> Passage | None:
    sample = facts["programme"]["sample"]
    return in_words(sample["notice"]) if sample else None


def _paragraphs(words: str, language: str) -> list[Passage]:
    return [told(line.strip(), language) for line in words.splitlines() if line.strip()]


def _statuses(facts: Facts, numbering: Numbering) -> dict[str, Any]:
    """Return figure 1: the targets' statuses by priority, those of no priority in a row of their own."""
    rows = [
        (f"{priority['number']} {plain(priority['name'])}", counts(_of(facts, priority["code"])))
        for priority in facts["priorities"]
    ]
    without = _of(facts, None)
    if without:
        rows.append((f"{len(facts['priorities']) + 1} {_('Networks and coordination')}", counts(without)))
    labels = status_words(facts)
    figure = numbering.figure(
        _("Status of the annual targets %(day)s") % {"day": text.day(facts["period"]["ends_on"])}
    )
    codes = charts.present(rows)
    return {
        "figure": figure,
        "chart": charts.status_distribution(rows, title=figure.title, uid="figure-status", labels=labels),
        "legend": [(code, labels[code]) for code in codes],
        "rows": [
            (label, [count.get(code, 0) for code in codes], sum(count.values())) for label, count in rows
        ],
    }


def _of(facts: Facts, priority: str | None) -> list[TargetFacts]:
    return [target for target in facts["targets"] if target["priority"] == priority]


def _changes(facts: Facts, lines: Lines, numbering: Numbering) -> dict[str, Any] | None:
    """Return what has moved since the report before; None in a year's first report."""
    before = previous_end(facts["period"])
    if before is None:
        return None
    rows = lines.changed(facts["targets"], year_end=facts["period"]["kind"] == front.YEAR_END)
    span = text.period(facts["period"]["starts_on"], before)
    return {
        "rows": rows,
        "table": numbering.table(_("Changed since the previous report (%(period)s)") % {"period": span})
        if rows
        else None,
        "span": span,
        "before": text.day(before),
        "now": text.day(facts["period"]["ends_on"]),
    }


def _target_sections(facts: Facts, lines: Lines, numbering: Numbering) -> list[dict[str, Any]]:
    """Return a section for each priority in the strategy's own words, then what serves no priority."""
    sections = [
        _target_section(
            facts,
            lines,
            numbering,
            numbering.section(priority["code"], in_words(priority["name"]), str(priority["number"])),
            in_words(priority["vision"]),
            priority["code"],
        )
        for priority in facts["priorities"]
    ]
    number = str(len(facts["priorities"]) + 1)
    section = numbering.section("networks", _("Networks and coordination"), number)
    return [
        *sections,
        _target_section(facts, lines, numbering, section, Passage("", ""), None),
    ]


def _target_section(
    facts: Facts,
    lines: Lines,
    numbering: Numbering,
    section: Section,
    vision: Passage,
    priority: str | None,
) -> dict[str, Any]:
    rows = [lines.target(target) for target in _of(facts, priority)]
    deviating = [row for row in rows if row.deviation]
    return {
        "section": section,
        "vision": vision,
        "rows": rows,
        "table": numbering.table(_("Annual targets %(year)s") % {"year": facts["period"]["year"]})
        if rows
        else None,
        "deviating": deviating,
        "deviations": numbering.table(_("Deviations and corrective actions")) if deviating else None,
        "status_heading": _("Status %(day)s") % {"day": text.day(facts["period"]["ends_on"])},
        "reports": words_of_groups(facts, priority),
    }


def _indicators(facts: Facts, numbering: Numbering) -> dict[str, Any] | None:
    if not facts["indicators"]:
        return None
    number = str(len(facts["priorities"]) + 3)
    before = previous_end(facts["period"])
    return {
        "section": numbering.section("indicators", _("Indicators"), number),
        "table": numbering.table(_("Indicators %(day)s") % {"day": text.day(facts["period"]["ends_on"])}),
        "before": text.day(before) if before else "",
        "now": text.day(facts["period"]["ends_on"]),
        "rows": [
            {
                "code": indicator["code"],
                "name": in_words(indicator["name"]),
                "unit": indicator["unit"],
                "source": told(indicator["source"], "fi"),
                "baseline": text.number(indicator["baseline"]),
                "previous": text.number(indicator["previous"]),
                "value": text.number(indicator["value"]),
                "target": text.number(indicator["target"]),
            }
            for indicator in facts["indicators"]
        ],
    }


def _appendix(facts: Facts, lines: Lines, numbering: Numbering) -> dict[str, Any] | None:
    """Return every action of the year's work programmes, a table for each group."""
    if not facts["actions"]:
        return None
    section = numbering.section(
        "appendix-1",
        _("Appendix 1. Actions of the work programmes %(year)s") % {"year": facts["period"]["year"]},
    )
    before = previous_end(facts["period"])
    groups = []
    for group in facts["groups"]:
        actions = [action for action in facts["actions"] if action["group"] == group["code"]]
        if actions:
            groups.append(
                {
                    "table": numbering.table(plain(group["name"])),
                    "rows": [lines.action(action) for action in actions],
                }
            )
    return {
        "section": section,
        "groups": groups,
        "before": text.day(before) if before else "",
        "now": text.day(facts["period"]["ends_on"]),
    }


def _data(
    facts: Facts, particulars: Particulars | None, verify_url: str, numbering: Numbering
) -> dict[str, Any]:
    """Return what makes it a record: frozen when and by whom, from what, what is missing, how to verify."""
    coverage = facts["coverage"]
    names: dict[str, Passage] = {target["code"]: in_words(target["name"]) for target in facts["targets"]}
    names |= {action["code"]: told(action["text"], action["language"]) for action in facts["actions"]}
    return {
        "section": numbering.section("document-data", _("Document data and authenticity")),
        "particulars": particulars,
        "frozen_at": text.weekday_and_time(particulars["frozen_at"])
        if particulars and front.is_frozen(particulars)
        else "",
        "coverage": coverage,
        "not_updated": [(code, names.get(code, Passage("", ""))) for code in coverage["not_updated"]],
        "sources_table": numbering.table(_("Sources of the figures")) if facts["sources"] else None,
        "sources": [
            {**source, "imported_at": text.weekday_and_time(source["imported_at"])}
            for source in facts["sources"]
        ],
        "verify_url": verify_url,
        "qr": charts.qr_code(verify_url) if verify_url else None,
    }
