"""Meetings, planned and held, and their matters.

A meeting after the day is planned: no attendance, no §. Its matters are known once its agenda is published;
they are numbered as items until the meeting gives them their §.
"""

from programme.models import Matter, Meeting
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import time_of

HandledMatter = tuple[Matter, Record]


def load_meetings(sample: Sample) -> list[HandledMatter]:
    """Load meetings and matters; return the matters that handled something of the file and are decided."""
    records = sample.file["meetings"]
    meetings = create_all(Meeting, [(_meeting(record, sample), record) for record in records])
    sample.tally.count("meetings", len(meetings))
    rows: list[tuple[Matter, Record]] = []
    decided: list[HandledMatter] = []
    for meeting, record in zip(meetings, records, strict=True):
        is_held = sample.day.has_come(meeting.held_on)
        if not is_held and meeting.agenda_published_on is None:
            continue
        for number, item in enumerate(record["items"], start=1):
            matter = _matter(meeting, item, number, is_held=is_held)
            rows.append((matter, item))
            if is_held and "ref" in item:
                decided.append((matter, item))
    create_all(Matter, rows)
    sample.tally.count("matters", len(rows), of=sum(len(record["items"]) for record in records))
    return decided


def _meeting(record: Record, sample: Sample) -> Meeting:
    published_on = record.get("agenda_published")
    is_published = published_on is not None and sample.day.has_come(published_on)
    return Meeting(
        body=sample.bodies.of(record, "body"),
        code=record["id"],
        number=record["number"],
        held_on=record["date"],
        starts_at=time_of(record),
        agenda_published_on=published_on if is_published else None,
        present=record.get("present") if sample.day.has_come(record["date"]) else None,
        seats=record.get("seats"),
        date_is_real=record.get("real_date"),
    )


def _matter(meeting: Meeting, item: Record, number: int, *, is_held: bool) -> Matter:
    return Matter(
        meeting=meeting,
        body=meeting.body,
        year=meeting.held_on.year,
        section=item.get("section") if is_held else None,
        item=item.get("item") if is_held else number,
        title=item["title_fi"],
    )
