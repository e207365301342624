"""Decisions: a matter that handled something of the file, in the body's own words for it.

The words come from the sample's texts of that body, of the body it replaced or was replaced by, or, for a
working group, of any working group. Where there are none the text is empty, and the page says so.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils import translation

from programme import text
from programme.meetings.wordings import fill
from programme.models import Body, Decision, DecisionTemplate, Matter
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Handling, Sample
from reporting.loading.sample.meetings import HandledMatter

Use = DecisionTemplate.Use
YEARS = re.compile(r"\d{4}–\d{4}")


def load_decisions(sample: Sample, handled: list[HandledMatter]) -> None:
    templates = _load_templates(sample)
    rows = []
    for matter, item in handled:
        use, values = _what_is_decided(item, matter, sample)
        template = _template(templates, matter.body, use, sample)
        proposal, wording = (template.proposal, template.text) if template else ("", "")
        matter.proposal = _fill(proposal, values, item)
        rows.append((Decision(matter=matter, text=_fill(wording, values, item)), item))
    Matter.objects.bulk_update([matter for matter, _item in handled], ["proposal"])
    decisions = create_all(Decision, rows)
    for decision, (matter, item) in zip(decisions, handled, strict=True):
        handling = Handling(matter.body, matter.meeting, matter, decision)
        sample.handlings.setdefault(item["ref"], []).append(handling)
    refs = [item for meeting in sample.file["meetings"] for item in meeting["items"] if "ref" in item]
    sample.tally.count("decisions", len(decisions), of=len(refs))


def _load_templates(sample: Sample) -> list[DecisionTemplate]:
    rows = [
        (
            DecisionTemplate(
                body=sample.bodies.of(record, "body"),
                code=record["id"],
                use=record["use"],
                proposal=record["paatosehdotus_fi"],
                text=record["paatos_fi"],
            ),
            record,
        )
        for record in [*sample.file["decision_texts"], *sample.additions["decision_texts"]["texts"]]
    ]
    sample.tally.count("wordings of decisions", len(rows))
    return create_all(DecisionTemplate, rows)


def _template(
    templates: Iterable[DecisionTemplate], body: Body, use: str, sample: Sample
) -> DecisionTemplate | None:
    kin = {other.code for other in sample.bodies.rows.values() if other.replaces == body}
    if body.replaces is not None:
        kin.add(body.replaces.code)
    group_bodies = {group.body.code for group in sample.groups.rows.values() if group.body is not None}
    if body.code in group_bodies:
        kin |= group_bodies
    fitting = [one for one in templates if one.use == use and one.body.code in kin | {body.code}]
    return min(fitting, key=lambda one: one.body != body, default=None)


def _what_is_decided(item: Record, matter: Matter, sample: Sample) -> tuple[str, dict[str, str]]:
    """Return the use whose wording fits what a matter handled, and what is filled into the wording."""
    ref, file = item["ref"], sample.file
    for report in file["reports"]:
        if report["id"] == ref:
            return report["kind"], {"kausi": report["period"], "vuosi": str(report["year"])}
    for claim in file["claims"]:
        if claim["id"] == ref:
            return Use.CLAIM, {"kausi": claim["period"], "vuosi": str(claim["year"])}
    for work_programme in file["work_programmes"]:
        if work_programme["id"] == ref:
            return Use.WORK_PROGRAMME, {"vuosi": str(work_programme["year"])}
    for budget in file["budget_years"]:
        if budget["id"] == ref:
            # The years of the financial plan stand in the matter's own title.
            years = YEARS.search(matter.title)
            plan = {"kausi": years[0]} if years else {}
            return Use.BUDGET, {"vuosi": str(budget["year"]), **plan}
        for amendment in budget["amendments"]:
            if amendment["id"] == ref:
                return Use.BUDGET_AMENDMENT, {
                    "vuosi": str(budget["year"]),
                    "summa": _amended_total(budget, amendment),
                }
    raise item.error("ref", f"nothing in the file has the id “{ref}”")


def _amended_total(budget: Record, amendment: Record) -> str:
    """Return the task's appropriation after an amendment, as it is written in Finnish."""
    changes = [
        line["change"]
        for earlier in budget["amendments"]
        if earlier["date"] <= amendment["date"]
        for line in earlier["lines"]
    ]
    with translation.override("fi"):
        return text.number(budget["total_eur"] + sum(changes, Decimal(0)))


def _fill(wording: str, values: dict[str, str], item: Record) -> str:
    filled = fill(wording, values)
    if "{" in filled:
        raise item.error("ref", f"the wording “{wording}” asks for more than the file says of {item['ref']}")
    return filled
