"""The passages of a programme document that are neither goals nor measures.

A passage with an id of its own keeps it as its code; one without has the path to it in the file, the same
for every programme, so that a page finds it.
"""

from programme.models import Programme, ProgrammeText
from reporting.loading.reader import Record
from reporting.loading.rows import store, words
from reporting.loading.tally import Tally

Kind = ProgrammeText.Kind


def store_texts(programme: Programme, document: Record, tally: Tally) -> None:
    role, headings, networks = document["role"], document["headings"], document["networks"]
    core_message, strategy_link = document["programme"]["core_message"], document["strategy_link"]
    passages = [(section["id"], Kind.SECTION, section, "") for section in document["sections"]]
    passages += [
        (core_message["id"], Kind.LEAD, core_message, ""),
        (strategy_link["id"], Kind.LEAD, strategy_link, ""),
        ("role.lead", Kind.LEAD, role["lead"], ""),
        ("networks.intro", Kind.LEAD, networks["intro"], ""),
        ("role.heading", Kind.HEADING, role["heading"], ""),
        *((f"headings.{name}", Kind.HEADING, heading, "") for name, heading in headings.items()),
    ]
    chain = document["steering_chain"]
    passages += [
        (step["id"], Kind.CHAIN, step, f"{chain['basis']}, from {step['from']}") for step in chain["steps"]
    ]
    for order, (code, kind, record, basis) in enumerate(passages, start=1):
        store(
            ProgrammeText,
            {"programme": programme, "code": code},
            {
                "kind": kind,
                "order": order,
                "basis": basis,
                "seed_lines": record.get("seed_lines", []),
                **words(record, "text"),
            },
            record,
        )
        tally.count(f"passages of kind {kind.value}", 1)
