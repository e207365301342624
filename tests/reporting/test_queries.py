"""Queries of every page: as many as the committed baseline says, and no more with more rows.

After a change that is meant, write the baseline anew:
`PORTAL_WRITE_QUERY_COUNTS=yes bin/test tests/reporting/test_queries.py`.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting import services
from tests.factories import (
    make_report,
)
from tests.personas import client_of, person
from tests.reporting.more_rows import SOME_FILE, SOME_TASK, SOMEBODY, make_more

pytestmark = pytest.mark.django_db

BASELINE = Path(__file__).resolve().parent.parent / "query_counts.json"
IS_WRITING = os.environ.get("PORTAL_WRITE_QUERY_COUNTS") == "yes"


# Each page as the person for whom it does most, and some as others see it.
PAGES = [
    ("anonymous", "/"),
    ("office", "/"),
    ("office", "/account/"),
    ("office", "/notifications/"),
    ("office", "/style/"),
    ("anonymous", "/account/login/"),
    ("coordinator-mr", "/desk/"),
    ("chair-mr", "/desk/"),
    ("chair-mr", "/approvals/"),
    ("coordinator-mr", "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"),
    ("coordinator-mr", "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"),
    ("coordinator-mr", "/ako/workgroups/WG-MR/report/2009-T2/"),
    ("chair-mr", "/ako/workgroups/WG-MR/report/2009-T2/"),
    ("office", "/ako/"),
    ("anonymous", "/ako/"),
    ("office", "/ako/dashboard/"),
    ("office", "/ako/dashboard/?period=2009-T1"),
    ("elected", "/ako/dashboard/"),
    ("anonymous", "/ako/dashboard/"),
    ("office", "/ako/targets/"),
    ("coordinator-mr", "/ako/plan/2010/"),
    ("secretary", "/ako/plan/2010/"),
    ("coordinator-mr", "/ako/targets/VT-2010-X-0/"),
    ("coordinator-mr", "/ako/targets/VT-2010-X-0/edit/"),
    ("office", "/ako/plan/2010/new/"),
    ("anonymous", "/ako/indicators/"),
    ("office", "/ako/indicators/"),
    ("coordinator-mr", "/ako/indicators/IND-MR-1/"),
    ("anonymous", "/ako/indicators/IND-MR-1/"),
    ("coordinator-mr", "/ako/indicators/IND-MR-1/values/2009-T2/"),
    ("office", "/ako/indicators/IND-MR-1/"),
    ("office", "/ako/indicators/IND-MR-1/edit/"),
    ("office", "/ako/indicators/new/"),
    ("office", "/desk/"),
    ("office", "/ako/priorities/P1/"),
    ("office", "/ako/goals/P1-G1/"),
    ("office", "/ako/measures/P1-M2/"),
    ("anonymous", "/ako/networks/"),
    ("office", "/ako/networks/NET-A1/"),
    ("anonymous", "/ako/networks/NET-A1/"),
    ("office", "/ako/networks/NET-A1/edit/"),
    ("coordinator-mr", "/ako/targets/VT-2009-MR-2/"),
    ("anonymous", "/ako/targets/VT-2009-MR-2/"),
    ("coordinator-mr", "/ako/actions/TP-2009-MR-06/"),
    ("coordinator-mr", "/ako/targets/VT-2009-MR-2/history/"),
    ("anonymous", "/ako/targets/VT-2009-MR-2/history/"),
    ("coordinator-mr", "/ako/targets/VT-2009-MR-2/history/?view=changes"),
    ("office", "/ako/targets/VT-2009-MR-2/history/?view=texts"),
    ("coordinator-mr", "/ako/actions/TP-2009-MR-06/history/?view=changes"),
    ("office", "/ako/finance/2009/"),
    ("office", "/ako/finance/2009/?cost_centre=KP-2110"),
    ("office", "/ako/finance/2009/?by=account&unit=thousand"),
    ("finance", "/ako/finance/2009/phasing/"),
    ("finance", "/ako/finance/2009/phasing/KP-2110/TILI-4340/"),
    ("finance", "/ako/finance/2009/entries/?period=2009-T2&cost_centre=KP-2110"),
    ("finance", "/ako/finance/2009/contributions/"),
    ("anonymous", "/ako/finance/2009/contributions/"),
    ("finance", "/ako/finance/2009/contributions/key/"),
    ("office", "/ako/municipalities/"),
    ("municipal", "/ako/municipalities/"),
    ("office", "/ako/municipalities/KUN-211/"),
    ("municipal", "/ako/municipalities/KUN-211/"),
    ("municipal", "/desk/"),
    ("anonymous", "/ako/workgroups/"),
    ("office", "/ako/workgroups/"),
    ("office", "/ako/workgroups/WG-MR/"),
    ("anonymous", "/ako/workgroups/WG-MR/"),
    ("office", "/ako/workgroups/WG-MR/members/new/"),
    ("office", "/ako/workgroups/WG-MR/2009/"),
    ("office", "/ako/workgroups/WG-MR/2009.xlsx"),
    ("office", "/ako/workgroups/WG-MR/2009/pdf/"),
    ("anonymous", "/ako/meetings/"),
    ("anonymous", "/ako/meetings/?month=2009-09"),
    ("secretary", "/ako/meetings/"),
    ("secretary", "/ako/meetings/new/"),
    ("secretary", "/clock/"),
    ("coordinator-mr", "/clock/?mine=yes"),
    ("elected", "/clock/"),
    ("secretary", "/ako/meetings/KOK-X-0/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-05/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-05/edit/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-05/minutes/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-05/hand-over/"),
    ("secretary", "/ako/bodies/BODY-SH/wordings/"),
    ("anonymous", "/ako/meetings/KOK-SH-2009-05/"),
    ("anonymous", "/ako/bodies/BODY-SH/"),
    ("office", "/ako/reports/"),
    ("elected", "/ako/reports/"),
    ("elected", "/ako/meetings/KOK-SH-2009-05/"),
    ("elected", "/ako/bodies/BODY-SH/"),
    ("elected", "/desk/"),
    ("secretary", "/ako/bodies/BODY-SH/?year=2009&tasks=open"),
    ("elected", "/ako/meetings/KOK-SH-2009-77/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-77/minutes/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-77/matters/500/tasks/new/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-78/"),
    ("secretary", "/ako/meetings/KOK-SH-2009-78/matters/502/papers/"),
    ("elected", "/ako/meetings/KOK-SH-2009-78/matters/502/ask/"),
    ("coordinator-mr", f"/ako/questions/{SOME_TASK}/"),
    ("coordinator-mr", f"/ako/tasks/{SOME_TASK}/"),
    ("secretary", f"/ako/tasks/{SOME_TASK}/edit/"),
    ("office", "/ako/reports/earlier/AIK-2008-1/"),
    ("office", "/ako/reports/earlier/new/"),
    ("coordinator-mr", "/ako/workgroups/WG-MR/2009/amend/"),
    ("office", "/ako/reports/RAP-2009-T1-SH/"),
    ("office", "/ako/reports/RAP-2009-T2-SH/"),
    ("office", "/ako/reports/RAP-2009-T2-SH/freeze/"),
    ("anonymous", "/ako/reports/RAP-2009-T1-SID.html"),
    ("anonymous", "/ako/reports/RAP-2009-T1-SID.json"),
    ("anonymous", "/verify/RAP-2009-T1-SH/1/"),
    ("office", "/ako/evaluations/"),
    ("office", "/ako/evaluations/new/"),
    ("office", "/ako/evaluations/ARV-2009/"),
    ("office", "/ako/evaluations/ARV-2009/edit/"),
    ("office", "/ako/evaluations/ARV-2008/"),
    ("chair-mr", "/ako/evaluations/ARV-2008/?group=WG-MR"),
    ("member-mr", "/ako/evaluations/ARV-2009/answer/WG-MR/"),
    ("member-mr", "/desk/"),
    ("admin", "/ako/people/"),
    ("admin", "/ako/people/?who=role"),
    ("admin", f"/ako/people/{SOMEBODY}/"),
    ("admin", f"/ako/people/{SOMEBODY}/edit/"),
    ("admin", "/ako/people/invite/"),
    ("admin", "/ako/settings/"),
    ("office", "/ako/settings/"),
    ("office", "/ako/settings/rounds/2009-T2/"),
    ("office", "/ako/settings/bodies/new/"),
    ("office", "/ako/settings/rounds/new/"),
    ("finance", "/desk/"),
    ("anonymous", "/ako/budget/"),
    ("finance", "/ako/budget/"),
    ("anonymous", "/ako/budget/2009/"),
    ("finance", "/ako/budget/2009/"),
    ("finance", "/ako/budget/2010/"),
    ("finance", "/ako/budget/2010/edit/"),
    ("finance", "/ako/budget/2009/amendments/new/"),
    ("presenter", "/ako/budget/2009/amendments/MUU-X/"),
    ("presenter", "/desk/"),
    ("secretary", "/desk/"),
    ("office", "/ako/amendments/"),
    ("finance", "/ako/finance/import/"),
    ("finance", "/ako/finance/import/new/"),
    ("finance", f"/ako/finance/import/files/{SOME_FILE}/"),
    ("finance", f"/ako/finance/import/files/{SOME_FILE}/columns/"),
    ("finance", f"/ako/finance/import/{SOME_FILE}/"),
    ("finance", "/ako/finance/claims/"),
    ("elected", "/ako/finance/claims/"),
    ("finance", "/ako/finance/claims/MAK-2009-2/"),
    ("elected", "/ako/finance/claims/MAK-2009-1/"),
    ("finance", "/ako/finance/claims/MAK-2009-2/not-eligible/"),
    ("finance", "/ako/finance/claims/MAK-2009-2/edit/"),
    ("finance", "/ako/finance/claims/new/"),
    ("finance", "/ako/finance/claims/MAK-2009-2/package.zip"),
    ("finance", "/ako/settings/accounts/"),
    ("finance", "/ako/settings/funding-sources/RL-KUNNAT/"),
    ("admin", "/ako/settings/posts/"),
]


def queries_of(persona, address):
    """Return the queries of a page."""
    client = client_of(persona)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize(("persona", "address"), PAGES, ids=[f"{who} {where}" for who, where in PAGES])
def test_a_page_asks_no_more_with_more_rows_and_as_much_as_the_baseline(persona, address):
    make_report()
    make_more([0])
    few = queries_of(persona, address)
    make_more([1, 2, 3])
    many = queries_of(persona, address)
    assert len(many) == len(few), "\n".join(many)
    key = f"{persona} {address}"
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if IS_WRITING:
        baseline[key] = len(few)
        BASELINE.write_text(json.dumps(dict(sorted(baseline.items())), indent=2) + "\n")
    assert baseline.get(key) == len(few), "\n".join(few)


def test_the_baseline_holds_the_pages_and_no_others():
    assert set(json.loads(BASELINE.read_text())) == {f"{who} {where}" for who, where in PAGES}


def test_to_freeze_asks_no_more_with_more_rows():
    def queries_to_freeze(report):
        with CaptureQueriesContext(connection) as asked:
            services.freeze_report(report, actor=person("office"))
        return len(asked)

    make_more([0])
    few = queries_to_freeze(make_report("RAP-2009-T2-SH"))
    make_more([1, 2, 3])
    assert queries_to_freeze(make_report("RAP-2009-T2-TVK")) <= few + 1
