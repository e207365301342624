"""The papers of a meeting by matter: reports, files of the agenda, reports made elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from programme import clock
from programme.models import Matter, MatterFile, Meeting
from reporting.models import EarlierReport, Rendition


@dataclass(frozen=True)
class Paper:
    """A paper as it is handed over; `content` is empty where it was not asked for."""

    name: str  # of the file in the package, inside its matter's folder
    title: str
    kind: str
    media_type: str
    size: int
    sha256: str
    language: str = ""
    version: str = ""
    secrecy_ground: str = ""
    made_by: str = ""  # a role
    made_on: str = ""  # an ISO day
    came_on: str = ""  # an ISO day, of a file that was made elsewhere
    confirmed: str = ""  # who froze it, and when
    content: bytes = b""


@dataclass
class Case:
    """A matter with its papers."""

    matter: Matter
    papers: list[Paper] = field(default_factory=list)
    withheld: int = 0  # files in quarantine, or at which the virus scanner has not looked yet

    @property
    def folder(self) -> str:
        return f"{self.matter.number:04}"


@dataclass(frozen=True)
class MeetingPapers:
    """The matters of a meeting with their papers, and the papers of which nobody knows whose they are."""

    cases: list[Case]
    others: list[Paper]

    FOLDER = "kokous"

    def places(self) -> Iterator[tuple[str, Paper]]:
        """Give each paper with its place in the package."""
        for case in self.cases:
            for paper in case.papers:
                yield f"{case.folder}/{paper.name}", paper
        for paper in self.others:
            yield f"{self.FOLDER}/{paper.name}", paper


def papers_of(meeting: Meeting, *, with_content: bool = False) -> MeetingPapers:
    """Return a meeting's matters and papers: four queries."""
    matters = meeting.matters.select_related("decision", "presenter", "preparer")
    cases = {matter.pk: Case(matter) for matter in matters}
    for matter, paper in _reports(meeting, with_content=with_content):
        cases[matter].papers.append(paper)
    for file in _files(meeting, with_content=with_content):
        if file.attachment.is_given_out:
            cases[file.matter_id].papers.append(_file(file, with_content=with_content))
        else:
            cases[file.matter_id].withheld += 1
    by_number = {case.matter.number: case for case in cases.values()}
    others: list[Paper] = []
    for earlier in _earlier(meeting, with_content=with_content):
        case = by_number.get(earlier.number or 0)
        (case.papers if case else others).append(_made_elsewhere(earlier, with_content=with_content))
    return MeetingPapers(list(cases.values()), others)


def _reports(meeting: Meeting, *, with_content: bool) -> Iterator[tuple[int, Paper]]:
    rows = Rendition.objects.filter(report__matter__meeting=meeting).select_related("report")
    rows = rows.order_by("report__code", "report__version", "language")
    for row in rows if with_content else rows.defer("content"):
        report = row.report
        assert report.matter_id is not None  # noqa: S101  they were asked for by their matter
        particulars = report.particulars
        yield (
            report.matter_id,
            Paper(
                name=f"{report.code}-{report.version}.{row.language}.{row.format}",
                title=f"{report.code}/{report.version}",
                kind="raportti",
                media_type="application/pdf",
                size=row.size,
                sha256=row.sha256,
                language=row.language,
                version=str(report.version),
                made_by=particulars.get("preparer", {}).get("fi", ""),
                made_on=particulars.get("frozen_at", "")[:10],
                confirmed=" ".join(
                    one for one in (particulars.get("frozen_by", ""), particulars.get("frozen_at", "")) if one
                ),
                content=bytes(row.content) if with_content else b"",
            ),
        )


def _files(meeting: Meeting, *, with_content: bool) -> Iterator[MatterFile]:
    related = ["attachment__content"] if with_content else ["attachment"]
    yield from MatterFile.objects.filter(matter__meeting=meeting).select_related(*related)


def _file(file: MatterFile, *, with_content: bool) -> Paper:
    attachment = file.attachment
    return Paper(
        name=f"{file.pk}-{attachment.name}",
        title=attachment.name,
        kind="liite",
        media_type=attachment.media_type,
        size=attachment.size,
        sha256=attachment.sha256,
        secrecy_ground=attachment.secrecy_ground,
        came_on=clock.day_of(attachment.added_at).isoformat(),
        content=bytes(attachment.content.content) if with_content else b"",
    )


def _earlier(meeting: Meeting, *, with_content: bool) -> Iterator[EarlierReport]:
    rows = EarlierReport.objects.standing().filter(meeting=meeting)
    yield from rows if with_content else rows.defer("content")


def _made_elsewhere(report: EarlierReport, *, with_content: bool) -> Paper:
    return Paper(
        name=f"{report.code}-{report.file_name}",
        title=report.title,
        kind="raportti",
        media_type="application/pdf",
        size=report.size,
        sha256=report.sha256,
        language=report.language,
        made_on=report.presented_on.isoformat(),
        content=bytes(report.content) if with_content else b"",
    )
