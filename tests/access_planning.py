"""Rows of the table of access: work programmes on their way, amendments, comments, the turn of the year."""

from priorities.models import AnnualTarget
from programme import clock
from tests.access_rows import OF_MR, Row, answers, page, signed_in, verb
from tests.factories import make_amendment, make_meeting, make_plan, make_target, the_action, the_target
from tests.personas import person
from workgroups.comments import write_comment
from workgroups.models import LineComment
from workgroups.work_programmes import approval
from workgroups.year_turn.turning import turn_line

TARGET, ACTION = "VT-2009-MR-2", "TP-2009-MR-06"
AMENDMENT = "/ako/amendments/MUU-2009-2/"
PROPOSE = {"coordinator_mr": 200, "chair_mr": 200, "office": 200}
SENT_EMPTY = {"coordinator_mr": 422, "chair_mr": 422, "office": 422}


def submitted_plan() -> None:
    approval.submit_work_programme(make_plan(), actor=person("coordinator-mr"))


def proposed_amendment() -> None:
    make_amendment(the_target(TARGET))


def amendment_to_decide() -> None:
    proposed_amendment()
    make_meeting("KOK-90", body="BODY-WG-MR", held_on=clock.today())


def comment() -> None:
    write_comment(the_target(TARGET), author=person("member-mr"), text="Kuka hoitaa?")


def comment_address() -> str:
    return f"/ako/comments/{LineComment.objects.get().pk}/settle/"


def turned_line() -> None:
    turn_line(the_action(ACTION), actor=person("coordinator-mr"), outcome="ends", reason="Päättyy.")


def _drawing_up() -> list[Row]:
    """Return the rows of drawing up a work programme and of its way to the board."""
    base, row = "/ako/workgroups/WG-MR/2010/", "/ako/actions/TP-2010-MR-01/"
    # A plan that is not approved is seen by its group, the office, the presenting officer and the auditor.
    unapproved = {"of_mr": 403, "read_unfinished": 403}
    writing = signed_in(404, **unapproved, coordinator_mr=302, office=302)
    opening = signed_in(404, **unapproved, coordinator_mr=200, office=200)
    accepting = signed_in(404, **unapproved, chair_mr=302)
    closed = signed_in(403, told=404)
    return [
        verb(
            "workgroups:work-programme-draw-up",
            "/ako/workgroups/WG-MR/draw-up/",
            signed_in(403, coordinator_mr=302, office=302),
            typed={"year": "2010"},
        ),
        page("workgroups:work-programme-edit", f"{base}edit/", opening, given=make_plan, state="draft"),
        page("workgroups:work-programme-edit", "/ako/workgroups/WG-MR/2009/edit/", closed, state="approved"),
        page(
            "workgroups:work-programme-versions",
            f"{base}versions/",
            signed_in(404, of_mr=200, read_unfinished=200),
            given=make_plan,
            state="draft",
        ),
        verb("workgroups:action-add", f"{base}add/", writing, given=make_plan, state="draft"),
        Row(
            "workgroups:action-edit",
            f"{row}edit/",
            opening,
            writing,
            make_plan,
            typed={"text": "Toimi", "base": '{"text": "Toimi 1"}'},
            state="draft",
        ),
        Row(
            "workgroups:action-edit",
            "/ako/actions/TP-2009-MR-06/edit/",
            closed,
            closed,
            state="approved",
        ),
        verb("workgroups:action-move", f"{row}move/", writing, given=make_plan, state="draft"),
        verb("workgroups:action-remove", f"{row}remove/", writing, given=make_plan, state="draft"),
        verb("workgroups:action-restore", f"{row}restore/", writing, given=make_plan, state="draft"),
        verb("workgroups:work-programme-submit", f"{base}submit/", writing, given=make_plan, state="draft"),
        verb(
            "workgroups:work-programme-approve",
            f"{base}approve/",
            accepting,
            given=submitted_plan,
            typed={"version": "2"},
        ),
        verb(
            "workgroups:work-programme-return",
            f"{base}return/",
            accepting,
            given=submitted_plan,
            typed={"version": "2", "reason": "Lisää kunnat."},
        ),
        verb(
            "workgroups:work-programme-note",
            "/ako/workgroups/WG-MR/2009/note/",
            signed_in(403, told=404, secretary=302),
            state="noted already",
        ),
        verb("workgroups:work-programme-note", f"{base}note/", signed_in(404, **unapproved), given=make_plan),
        # Of a year gone by it is recorded; of one to come the office hears on the page that it is not.
        verb(
            "workgroups:work-programme-elsewhere",
            f"{base}elsewhere/",
            signed_in(404, **unapproved, office=302),
            given=make_plan,
        ),
    ]


def _amending() -> list[Row]:
    target, action = f"/ako/targets/{TARGET}/amend/", f"/ako/actions/{ACTION}/amend/"
    seen = answers(404, of_mr=200, read_unfinished=200, secretary=200)
    undecided = signed_in(404, of_mr=403, read_unfinished=403, secretary=403)
    return [
        Row("workgroups:target-amend", target, signed_in(403, **PROPOSE), signed_in(403, **SENT_EMPTY)),
        Row(
            "workgroups:action-amend",
            action,
            signed_in(403, told=404, **PROPOSE),
            signed_in(403, told=404, **SENT_EMPTY),
        ),
        Row(
            "workgroups:action-amend-remove",
            f"{action}remove/",
            signed_in(403, told=404, **PROPOSE),
            signed_in(403, told=404, **SENT_EMPTY),
        ),
        Row(
            "workgroups:work-programme-amend",
            "/ako/workgroups/WG-MR/2009/amend/",
            signed_in(403, told=404, **PROPOSE),
            signed_in(403, told=404, **SENT_EMPTY),
        ),
        Row(
            "workgroups:target-amend",
            "/ako/targets/VT-2010-MR-91/amend/",
            signed_in(404),
            signed_in(404),
            drafted_target,
            state="draft",
        ),
        page("workgroups:amendment-list", "/ako/amendments/", answers(200)),
        page("workgroups:amendment-detail", AMENDMENT, seen, given=proposed_amendment, state="proposed"),
        page("workgroups:amendment-detail", AMENDMENT, answers(404), state="missing"),
        verb(
            "workgroups:amendment-withdraw",
            f"{AMENDMENT}withdraw/",
            undecided | {"coordinator-mr": 302, "chair-mr": 302, "office": 302},
            given=proposed_amendment,
        ),
        verb(
            "workgroups:amendment-decide",
            f"{AMENDMENT}decide/",
            undecided | {"chair-mr": 302},
            given=amendment_to_decide,
            typed={"outcome": "accepted", "meeting": "KOK-90", "number": "4", "text": "Hyväksyttiin."},
        ),
    ]


def drafted_target() -> None:
    make_target("VT-2010-MR-91", year=2010, state=AnnualTarget.State.DRAFT)


def _commenting() -> list[Row]:
    said = {"text": "Kuka hoitaa?"}
    writers = dict.fromkeys((persona.replace("-", "_") for persona in OF_MR), 302) | {"office": 302}
    return [
        verb(
            "workgroups:target-comment",
            f"/ako/targets/{TARGET}/comment/",
            signed_in(403, **writers),
            typed=said,
        ),
        verb(
            "workgroups:action-comment",
            f"/ako/actions/{ACTION}/comment/",
            signed_in(403, told=404, **writers),
            typed=said,
        ),
        Row(
            "workgroups:comment-settle",
            comment_address,
            answers(405, anonymous="login"),
            signed_in(404, read_unfinished=403, **writers),
            comment,
        ),
    ]


def _turning() -> list[Row]:
    base = "/ako/workgroups/WG-MR/2009/turn/"
    writing = {"coordinator_mr": 302, "office": 302}
    return [
        page("workgroups:year-turn", base, signed_in(403, told=404, coordinator_mr=200, office=200)),
        verb(
            "workgroups:year-turn-line",
            f"{base}{ACTION}/",
            signed_in(403, told=404, **writing),
            typed={f"{ACTION}-outcome": "ends", f"{ACTION}-reason": "Päättyy."},
        ),
        verb(
            "workgroups:year-turn-undo",
            f"{base}{ACTION}/undo/",
            signed_in(403, told=404, **writing),
            given=turned_line,
        ),
    ]


def _layouts() -> list[Row]:
    approved, unapproved = signed_in(200, told=404), signed_in(404, of_mr=200, read_unfinished=200)
    return [
        row
        for layout in ("months", "euros")
        for row in (
            page(f"workgroups:work-programme-{layout}", f"/ako/workgroups/WG-MR/2009/{layout}/", approved),
            page(
                f"workgroups:work-programme-{layout}",
                f"/ako/workgroups/WG-MR/2010/{layout}/",
                unapproved,
                given=make_plan,
                state="draft",
            ),
        )
    ]


MEETING = page(
    "workgroups:meeting-mode",
    "/ako/workgroups/WG-MR/meeting/2009-T2/",
    signed_in(403, told=404, coordinator_mr=200, chair_mr=200),
)
PLANNING = [MEETING, *_drawing_up(), *_layouts(), *_amending(), *_commenting(), *_turning()]
