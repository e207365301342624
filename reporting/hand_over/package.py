"""The package that is handed over: papers by matter, their metadata, a manifest of hashes."""

from programme.models import Meeting
from programme.sheets.packages import packed
from reporting.hand_over.metadata import metadata_of
from reporting.hand_over.papers import papers_of

METADATA = "metadata.xml"


def package_of(meeting: Meeting) -> bytes:
    """Return a meeting's package as a ZIP: five queries."""
    papers = papers_of(meeting, with_content=True)
    files = {place: paper.content for place, paper in papers.places()}
    files[METADATA] = metadata_of(meeting, papers)
    return packed(files, {"meeting": meeting.code, "held_on": meeting.held_on.isoformat()})
