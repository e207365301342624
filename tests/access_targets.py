"""Rows of the table of access: annual targets on their way, in each state."""

from priorities.models import AnnualTarget
from programme import clock
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.factories import make_target
from tests.personas import person

CODE = "VT-2010-MR-91"
BASE, PLAN = f"/ako/targets/{CODE}", "/ako/plan/2010"
DECIDED = "/ako/targets/VT-2009-MR-2"
# What is not decided is seen by its group, the office, the presenting officer and the auditor.
SEEN = answers(404, of_mr=200, read_unfinished=200)
WRITTEN = signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=200, office=200)
SENT_EMPTY = signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=422, office=422)
DONE = signed_in(404, of_mr=403, read_unfinished=403, coordinator_mr=302, office=302)
LOCKED = signed_in(403)
DECISION = {"meeting": "KOK-SH-2009-07", "number": "999", "text": "Seutuhallitus päätti tavoitteista."}


def draft_target() -> None:
    make_target(CODE, year=2010, state=AnnualTarget.State.DRAFT, drafted_by=person("coordinator-mr"))


def anothers_draft() -> None:
    make_target(CODE, year=2010, state=AnnualTarget.State.DRAFT)


def removed_draft() -> None:
    make_target(
        CODE, year=2010, state=AnnualTarget.State.DRAFT, removed_at=clock.now(), removed_by=person("office")
    )


def proposed_target() -> None:
    make_target(CODE, year=2010, state=AnnualTarget.State.PROPOSED)


TARGETS = [
    page("workgroups:target-plan", f"{PLAN}/", signed_in(200, told=404)),
    page("workgroups:target-plan", "/ako/plan/2009/", signed_in(200, told=404), state="decided"),
    page("workgroups:target-plan", "/ako/plan/2006/", signed_in(404), state="before the programme"),
    page("workgroups:target-plan", "/no/plan/2010/", signed_in(404), state="of no programme"),
    Row(
        "workgroups:target-create",
        f"{PLAN}/new/",
        signed_in(403, told=404, coordinator_mr=200, coordinator_hp=200, coordinator_eo=200, office=200),
        signed_in(403, told=404, coordinator_mr=422, coordinator_hp=422, coordinator_eo=422, office=422),
        state="open year",
    ),
    Row(
        "workgroups:target-create",
        "/ako/plan/2008/new/",
        signed_in(403, told=404),
        signed_in(403, told=404),
        state="year that has ended",
    ),
    verb("workgroups:targets-decide", f"{PLAN}/decide/", signed_in(403, told=404, secretary=422)),
    verb(
        "workgroups:targets-decide",
        f"{PLAN}/decide/",
        signed_in(403, told=404, secretary=302),
        given=proposed_target,
        typed=DECISION,
        state="proposed",
    ),
    page("reporting:target-detail", f"{BASE}/", SEEN, given=draft_target, state="draft"),
    page("reporting:target-detail", f"{BASE}/", SEEN, given=proposed_target, state="proposed"),
    Row("workgroups:target-edit", f"{BASE}/edit/", WRITTEN, SENT_EMPTY, draft_target, state="draft"),
    Row("workgroups:target-edit", f"{BASE}/edit/", WRITTEN, SENT_EMPTY, proposed_target, state="proposed"),
    Row("workgroups:target-edit", f"{DECIDED}/edit/", LOCKED, LOCKED, state="decided"),
    Row("workgroups:target-edit", f"{BASE}/edit/", signed_in(404), signed_in(404), state="missing"),
    verb("workgroups:target-propose", f"{BASE}/propose/", DONE, given=draft_target, state="draft"),
    verb("workgroups:target-propose", f"{BASE}/propose/", DONE, given=proposed_target, state="proposed"),
    verb("workgroups:target-propose", f"{DECIDED}/propose/", LOCKED, state="decided"),
    verb("workgroups:target-take-back", f"{BASE}/take-back/", DONE, given=proposed_target, state="proposed"),
    verb("workgroups:target-take-back", f"{DECIDED}/take-back/", LOCKED, state="decided"),
    verb("workgroups:target-remove", f"{BASE}/remove/", DONE, given=draft_target, state="one's own draft"),
    verb(
        "workgroups:target-remove",
        f"{BASE}/remove/",
        DONE | {"coordinator-mr": 403},
        given=anothers_draft,
        state="another's draft",
    ),
    verb("workgroups:target-remove", f"{DECIDED}/remove/", LOCKED, state="decided"),
    verb("workgroups:target-restore", f"{BASE}/restore/", DONE, given=removed_draft, state="removed"),
    verb("workgroups:target-restore", f"{DECIDED}/restore/", LOCKED, state="decided"),
    page("reporting:target-detail", f"{BASE}/", answers(404), given=removed_draft, state="removed"),
]
