"""The rounds of the sample: when each opened and closed, and when which group had answered."""

import datetime
import re
from dataclasses import dataclass

from programme import clock
from programme.models import ReportingPeriod
from programme.working_days import working_day_after
from reporting.loading.reader import Record
from reporting.loading.sample.day import Day

CLOSING_HOUR = 16
MEETING_HOUR = 9  # of a unit that has no meetings
PERIOD = re.compile(r"(\d{1,2})\.(\d{1,2})\.–(\d{1,2})\.(\d{1,2})\.(\d{4})")
START = re.compile(r"(\d{1,2})\.(\d{2})")


@dataclass(frozen=True)
class Round:
    """A period's round: from the day after its last day to the working day after the groups' date."""

    record: Record
    code: str
    kind: str
    starts_on: datetime.date
    ends_on: datetime.date
    groups_on: datetime.date
    group_meetings: dict[str, datetime.datetime]  # by the code of the group

    @property
    def opens_at(self) -> datetime.datetime:
        return clock.at(self.ends_on + datetime.timedelta(days=1), 0)

    @property
    def closes_at(self) -> datetime.datetime:
        return clock.at(working_day_after(self.groups_on), CLOSING_HOUR)

    @property
    def is_year_end(self) -> bool:
        return self.kind == ReportingPeriod.Kind.YEAR_END

    def is_over(self, day: Day) -> bool:
        return day.is_after(self.closes_at.date())

    def is_answered(self, group: str, day: Day) -> bool:
        """Say whether a group's answers are known: its round is over, or its meeting has handled them."""
        meeting = self.group_meetings.get(group)
        return self.is_over(day) or (meeting is not None and day.has_come(meeting.date()))

    def answered_at(self, group: str) -> datetime.datetime:
        return self.group_meetings.get(group, clock.at(self.groups_on, MEETING_HOUR))


def read_rounds(file: Record) -> dict[str, Round]:
    """Return the rounds of a sample file by the id of the report they end in."""
    meetings = _group_meetings(file)
    return {record["id"]: _round(record, meetings.get(record["id"], {})) for record in file["reports"]}


def _round(record: Record, group_meetings: dict[str, datetime.datetime]) -> Round:
    starts_on, ends_on = days_of(record, "period")
    match = re.fullmatch(rf"RAP-({record['year']}-(T1|T2|TP))", record["id"])
    if match is None:
        raise record.error("id", f"“{record['id']}” should be RAP-{record['year']}-T1, -T2 or -TP")
    return Round(
        record=record,
        code=match[1],
        kind=match[2],
        starts_on=starts_on,
        ends_on=ends_on,
        groups_on=record["chain"]["tyoryhmat"],
        group_meetings=group_meetings,
    )


def _group_meetings(file: Record) -> dict[str, dict[str, datetime.datetime]]:
    """Return, by report and group, when the group's meeting handled its part of the report."""
    groups = {body["id"]: body["working_group"] for body in file["bodies"] if "working_group" in body}
    meetings: dict[str, dict[str, datetime.datetime]] = {}
    for meeting in file["meetings"]:
        if meeting["body"] in groups:
            start = time_of(meeting)
            moment = clock.at(meeting["date"], start.hour, start.minute)
            for item in meeting["items"]:
                if "ref" in item:
                    meetings.setdefault(item["ref"], {})[groups[meeting["body"]]] = moment
    return meetings


def days_of(record: Record, key: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a period written in Finnish: 1.1.–30.4.2009."""
    match = PERIOD.fullmatch(record[key])
    if match is None:
        raise record.error(key, f"“{record[key]}” should be like 1.1.–30.4.2009")
    first_day, first_month, last_day, last_month, year = (int(part) for part in match.groups())
    try:
        return datetime.date(year, first_month, first_day), datetime.date(year, last_month, last_day)
    except ValueError as error:
        raise record.error(key, f"“{record[key]}” is no period: {error}") from error


def time_of(meeting: Record) -> datetime.time:
    match = START.fullmatch(meeting["start"])
    if match is None:
        raise meeting.error("start", f"“{meeting['start']}” should be a time like 9.00")
    try:
        return datetime.time(int(match[1]), int(match[2]))
    except ValueError as error:
        raise meeting.error("start", f"“{meeting['start']}” is no time: {error}") from error
