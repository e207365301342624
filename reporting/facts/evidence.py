"""Facts of evidence: on what a follow-up stands, by value. The bytes of files stay where they are kept."""

from collections.abc import Iterable

from django.urls import reverse

from programme.models import Attachment, Decision
from reporting.fact_types import DecisionFacts, EvidenceFacts, EvidenceFileFacts
from reporting.facts.values import words
from workgroups.models import EvidenceFile, FollowUp


def evidence_facts(approved: Iterable[FollowUp]) -> dict[int, EvidenceFacts]:
    """Return by id what follow-ups stand on, of those that stand on anything: two queries at most."""
    rows = [said for said in approved if said.evidence or said.decision_id or said.evidence_files]
    files = _files([said.pk for said in rows if said.evidence_files])
    decisions = _decisions([said.decision_id for said in rows if said.decision_id])
    return {
        said.pk: {
            "words": said.evidence,
            "decision": decisions[said.decision_id] if said.decision_id else None,
            "files": files.get(said.pk, []),
        }
        for said in rows
    }


def _files(follow_ups: list[int]) -> dict[int, list[EvidenceFileFacts]]:
    """Return the files of follow-ups, but for those in quarantine: they show nobody anything."""
    if not follow_ups:
        return {}
    rows = EvidenceFile.objects.filter(follow_up__in=follow_ups).select_related(
        "attachment",
        "follow_up__period__programme",
        "follow_up__target",
        "follow_up__action",
    )
    told: dict[int, list[EvidenceFileFacts]] = {}
    for row in rows.exclude(attachment__scan=Attachment.Scan.QUARANTINED).order_by("pk"):
        assert row.follow_up is not None  # noqa: S101  asked for by it
        told.setdefault(row.follow_up.pk, []).append(_file(row.attachment, row.follow_up))
    return told


def _file(attachment: Attachment, said: FollowUp) -> EvidenceFileFacts:
    kind = "target" if said.target_id else "action"
    place = [said.period.programme.slug, said.line.code, said.period.code, attachment.pk]
    return {
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "secrecy_ground": attachment.secrecy_ground,
        "path": reverse(f"workgroups:{kind}-follow-up-attachment", args=place),
    }


def _decisions(ids: list[int]) -> dict[int, DecisionFacts]:
    if not ids:
        return {}
    rows = Decision.objects.filter(pk__in=ids).select_related("matter__meeting__body").order_by()
    return {
        row.pk: {
            "decided_on": row.matter.meeting.held_on.isoformat(),
            "body": words(row.matter.meeting.body, "name"),
            "section": row.matter.section,
            "item": row.matter.item,
            "title": row.matter.title,
        }
        for row in rows
    }
