"""Rows of the table of access: groups' own reports, acceptance of many lines, and substitutes."""

from programme.models import Substitute
from tests.access_rows import Row, signed_in, verb
from tests.factories import make_group_report
from tests.personas import person

REPORT = "/ako/workgroups/WG-MR/report/2009-T2/"
WRITTEN = {"done": "Maankäyttösopimukset valmistuivat.", "version": "0"}
READ = {"version": "1"}
# Before acceptance it is the group's, the office's, the presenting officer's and the auditor's.
UNACCEPTED = signed_in(404, of_mr=200, read_unfinished=200)
WRITERS = signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=302)
CHAIRS = signed_in(404, of_mr=403, read_unfinished=403, chair_mr=302)


def submitted_report() -> None:
    make_group_report()


def accepted_report() -> None:
    make_group_report(state="approved")


def substitution() -> str:
    row = Substitute.objects.create(
        absent=person("coordinator-mr"),
        substitute=person("member-mr"),
        starts_on="2009-09-09",
        until="2009-09-30",
    )
    return f"/account/substitutes/{row.pk}/end/"


SUBSTITUTE = {"starts_on": "9.9.2009", "until": "30.9.2009"}
# Who has a place in a group or a post names their own; the office and the administrator name anybody's.
NAMES = signed_in(403, groups=422, office=422, admin=422, presenter=422, secretary=422, finance=422)

REPORTS_OF_GROUPS = [
    Row(
        "workgroups:group-report",
        REPORT,
        UNACCEPTED,
        signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=422),
    ),
    Row("workgroups:group-report", REPORT, UNACCEPTED, WRITERS, typed=WRITTEN, state="filled in"),
    Row(
        "workgroups:group-report",
        REPORT,
        UNACCEPTED,
        signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=409),
        submitted_report,
        WRITTEN,
        state="submitted meanwhile",
    ),
    Row(
        "workgroups:group-report",
        REPORT,
        signed_in(200, told=404),
        signed_in(403, told=404),
        accepted_report,
        WRITTEN,
        state="accepted",
    ),
    verb("workgroups:group-report-draft", f"{REPORT}draft/", WRITERS, typed=WRITTEN),
    verb("workgroups:group-report-accept", f"{REPORT}accept/", CHAIRS, given=submitted_report, typed=READ),
    verb(
        "workgroups:group-report-accept",
        f"{REPORT}accept/",
        signed_in(404, of_mr=404, read_unfinished=404),
        state="not written",
    ),
    verb(
        "workgroups:group-report-return",
        f"{REPORT}return/",
        CHAIRS,
        given=submitted_report,
        typed=READ | {"reason": "Lisää pyynnöt."},
    ),
    verb(
        "workgroups:approvals-accept",
        "/approvals/accept/",
        signed_in(403, presenter=302, chair_mr=302, chair_hp=302, chair_eo=302),
    ),
    verb("name-substitute", "/account/substitutes/", NAMES, typed=SUBSTITUTE),
    verb(
        "end-substitution",
        substitution,
        signed_in(404, member_mr=403, coordinator_mr=302, office=302, admin=302),
    ),
]
