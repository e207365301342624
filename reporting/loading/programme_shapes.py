"""The shape of a programme document, and of what the portal adds to it."""

import datetime
from typing import Any

from reporting.loading.reader import MapOf, OneOf

WORDS: dict[str, Any] = {"fi": str, "en": str, "sv": str}
PASSAGE: dict[str, Any] = {"seed_lines": [int], **WORDS}
IDENTIFIED: dict[str, Any] = {"id": str, **PASSAGE}

MEASURE: dict[str, Any] = {
    **IDENTIFIED,
    "kind": OneOf(("coordination", "development")),
    "sub?": [IDENTIFIED],
}

PRIORITY: dict[str, Any] = {
    "id": str,
    "order": int,
    "slug": WORDS,
    "working_group": str,
    "seed_lines": [int],
    "title": WORDS,
    "title_variant?": {**PASSAGE, "use": str},
    "vision": IDENTIFIED,
    "goals": [IDENTIFIED],
    "measures": [MEASURE],
}

PRINCIPLE: dict[str, Any] = {**IDENTIFIED, "produces?": str, "rule?": str, "audiences?": [str]}

REPAIR: dict[str, Any] = {
    "line": int,
    "seed": str,
    "clean": str,
    "type": str,
    "also?": [int],
    "note?": str,
}

PROGRAMME: dict[str, Any] = {
    "schema_version": int,
    "languages": [OneOf(("fi", "en", "sv"))],
    "default_language": OneOf(("fi",)),
    "programme": {
        "id": str,
        "short": str,
        "title": WORDS,
        "period": {"start": datetime.date, "end": datetime.date},
        "effective_end?": {"date": datetime.date, "basis": str, "successor": str},
        "owner": WORDS,
        "document": {"code": str, "year": int, "author_initials": str, "form": str},
        "core_message": IDENTIFIED,
    },
    "sections": [IDENTIFIED],
    "strategy": {"id": str, "basis": str, "council_term": str, **WORDS},
    "strategy_link": {**IDENTIFIED, "section": str},
    "role": {"id": str, "section": str, "heading": PASSAGE, "lead": PASSAGE, "statements": [IDENTIFIED]},
    "headings": {"vision": PASSAGE, "goals": PASSAGE, "measures": PASSAGE},
    "priorities": [PRIORITY],
    "networks": {
        "id": str,
        "section": str,
        "lead": IDENTIFIED,
        "intro": PASSAGE,
        "groups": [{**IDENTIFIED, "items": [IDENTIFIED]}],
    },
    "followup": {"id": str, "section": str, "principles": [PRINCIPLE]},
    "audiences": [{"id": str, "order": int, **WORDS}],
    "working_groups": [{**IDENTIFIED, "priority": str, "coordination_measure": str}],
    "steering_chain": {"basis": str, "steps": [{"id": str, "from": str, **WORDS}]},
    "cleanup_log?": [REPAIR],
    "glossary?": [{"id": str, "seed_lines?": [int], **WORDS}],
}

ADDITIONS: dict[str, Any] = {
    "unit": {"id": str, "basis": str, **WORDS},
    "depths": {"basis": str, "by_order": MapOf(OneOf(("executive", "board", "assembly", "public")))},
}
