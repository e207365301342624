"""What is not known on a day is not in the database, in any table; what was told by it is as it was told."""

import datetime
import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection

from reporting.loading.sample.follow_ups import STATUSES
from reporting.models import Dataset, Report
from tests.reporting import sample_facts
from tests.reporting.sample_facts import AUDIENCE_STEPS, DOCUMENT, REPORTS, SAMPLE
from tests.reporting.stated_finance import assert_same_finance

# The first report before the executive committee; a round with one group waiting; an amendment and an
# annual report on their own day; the day of the portal's sample.
DAYS = ["2007-05-20", "2008-09-03", "2009-06-17", "2009-09-09"]
SUM = re.compile(r"(?<![\d.])(\d{4,})\.00(?!\d)")


def _words(value):
    """Return every text in a file's data, whatever its day."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _words(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return [value] if isinstance(value, str) else []


DATED = (
    "annual_targets",
    "work_programmes",
    "budget_years",
    "claims",
    "reports",
    "meetings",
    "audit_trail_example",
)
ALWAYS_KNOWN = _words(DOCUMENT) + _words({name: part for name, part in SAMPLE.items() if name not in DATED})


@pytest.fixture(scope="module", params=DAYS)
def day(request, django_db_setup, django_db_blocker):
    with sample_facts.database_with_sample(request.param, django_db_blocker):
        yield datetime.date.fromisoformat(request.param)


@pytest.fixture(scope="module")
def rows(day):
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [table for (table,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT entry::text FROM "{table}" AS entry')
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
    return found


def test_no_later_text_is_in_any_table(day, rows):
    facts = list(sample_facts.dated_texts())
    known = "\n".join([text for known_on, text in facts if known_on <= day] + ALWAYS_KNOWN)
    later = {text for known_on, text in facts if known_on > day if text not in known}
    leaks = [(table, text) for table, content in rows.items() for text in later if text in content]
    assert len(later) > 50
    assert leaks == []


def test_no_later_sum_is_in_any_table(day, rows):
    facts = list(sample_facts.dated_sums())
    known = {abs(amount) for known_on, amount in facts if known_on <= day}
    later = {abs(amount) for known_on, amount in facts if known_on > day if abs(amount) >= 1000} - known
    leaks = [
        (table, figure)
        for table, content in rows.items()
        for figure in {Decimal(digits) for digits in SUM.findall(content)}
        if figure in later
    ]
    assert len(later) > 20
    assert leaks == []


def test_every_known_text_is_in_the_database(day, rows):
    content = "\n".join(rows.values()).replace('""', '"')
    missing = [
        text for known_on, text in sample_facts.dated_texts() if known_on <= day if text not in content
    ]
    assert missing == []


def test_reports_told_by_the_day_are_there_and_no_others(day):
    told = {
        f"{code}-{audience}": sample_facts.told_on(code, audience)
        for code in REPORTS
        for audience in AUDIENCE_STEPS
        if sample_facts.told_on(code, audience) <= day
    }
    reports = Report.objects.all()
    assert {report.code: report.presented_on or report.published_on for report in reports} == told
    assert {report.frozen_at.date() for report in reports} == set(told.values())


def test_meetings_after_the_day_are_only_planned(day):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE present IS NOT NULL),
                   count(*) FILTER (WHERE agenda_published_on > %(day)s),
                   (SELECT count(*) FROM programme_matter AS matter
                      JOIN programme_meeting AS held ON held.id = matter.meeting_id
                     WHERE held.held_on > %(day)s
                       AND (matter.section IS NOT NULL OR held.agenda_published_on IS NULL))
              FROM programme_meeting WHERE held_on > %(day)s
            """,
            {"day": day},
        )
        assert cursor.fetchone() == (0, 0, 0)


def test_frozen_figures_are_those_of_the_file(day):
    datasets = {f"RAP-{dataset.period.code}": dataset.facts for dataset in Dataset.objects.all()}
    assert set(datasets) == {code for code in REPORTS if sample_facts.first_told_on(code) <= day}
    for code, facts in datasets.items():
        report = REPORTS[code]
        assert_same_finance(facts["finance"], report)
        assert Counter(target["status"] for target in facts["targets"]) == {
            str(STATUSES[status]): count for status, count in report["status_counts"].items()
        }
        assert facts["coverage"]["not_updated"] == []
        assert indicator_values(facts) == {
            indicator["id"]: point["value"]
            for indicator in SAMPLE["indicators"]
            for point in indicator["series"]
            if f"RAP-{point['period']}" == code
        }


def indicator_values(facts):
    return {
        indicator["code"]: None if indicator["value"] is None else float(indicator["value"])
        for indicator in facts["indicators"]
    }
