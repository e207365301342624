"""On what a line's status stands, as a report tells it: words, a decision, files by kind and hash."""

from django.utils.translation import gettext as _

from programme import text
from programme.attachments import kinds
from reporting.document.words import Passage, in_words, told
from reporting.fact_types import DecisionFacts, EvidenceFileFacts, FollowUpFacts

# Enough of a SHA-256 for paper; the dataset has all of it.
DIGITS = 16


def evidence_of(follow_up: FollowUpFacts | None) -> list[Passage]:
    """Return what there is, in order; nothing where there is none or the depth tells of none."""
    if follow_up is None or "evidence" not in follow_up:
        return []
    evidence = follow_up["evidence"]
    words = [told(evidence["words"], follow_up["language"])] if evidence["words"] else []
    decisions = [_decision(evidence["decision"])] if evidence["decision"] else []
    return [*words, *decisions, *[_file(file) for file in evidence["files"]]]


def _decision(decision: DecisionFacts) -> Passage:
    body = in_words(decision["body"])
    number = text.section(decision["section"])
    if decision["section"] is None:
        number = _("item %(number)s") % {"number": decision["item"]}
    return Passage(f"{body.text} {text.day(decision['decided_on'])}, {number}", body.language)


def _file(file: EvidenceFileFacts) -> Passage:
    told_as = _("%(kind)s file") % {"kind": kinds.short_name(file["media_type"])}
    if file["secrecy_ground"]:
        told_as = _("secret file, %(ground)s") % {"ground": file["secrecy_ground"]}
    return Passage(f"{told_as} (SHA-256 {file['sha256'][:DIGITS]}…)", "")
