"""Rows of the table of access: work programmes on their way, amendments, comments, the turn of the year."""

from collections.abc import Callable

from priorities.models import AnnualTarget
from programme import clock
from tests.access_rows import OF_MR, Row, answers, page, signed_in, verb
from tests.factories import (
    back_to_draft,
    make_amendment,
    make_meeting,
    make_plan,
    make_target,
    the_action,
    the_group,
    the_target,
)
from tests.personas import person
from workgroups.comments import write_comment
from workgroups.models import Action, Amendment, LineComment, WorkProgramme
from workgroups.work_programmes import approval, drafting
from workgroups.year_turn.turning import turn_line

TARGET, ACTION = "VT-2009-MR-2", "TP-2009-MR-06"
AMENDMENT = "/ako/amendments/MUU-2009-2/"
PROPOSE = {"coordinator_mr": 200, "chair_mr": 200, "office": 200}
SENT_EMPTY = {"coordinator_mr": 422, "chair_mr": 422, "office": 422}


SEEN = {"base": '{"text": "Toimi 1"}'}
# Unless told otherwise the meeting that decides is this one.
IN_MEETING = {"meeting": "KOK-90", "number": "77"}
ACCEPTED = {"outcome": "accepted", "text": "Hyväksyttiin."}


def meeting_of(body: str) -> None:
    make_meeting("KOK-90", body=body, held_on=clock.today())


def empty_plan() -> None:
    drafting.draw_up(the_group(), 2010, actor=person("coordinator-mr"), from_previous=False)


def submitted_plan() -> None:
    approval.submit_work_programme(make_plan(), actor=person("coordinator-mr"))
    meeting_of("BODY-WG-MR")


def approved_plan() -> None:
    make_plan(state=WorkProgramme.State.APPROVED, approved_on=clock.today())
    meeting_of("BODY-SH")


def plan_on_paper() -> None:
    back_to_draft(group__code="WG-MR", year=2008)


def plan_is(state: str, year: int = 2010) -> Callable[[], bool]:
    return lambda: WorkProgramme.objects.filter(group__code="WG-MR", year=year, state=state).exists()


def amendment_is(state: str) -> Callable[[], bool]:
    return lambda: Amendment.objects.get().state == state


def proposed_amendment() -> None:
    make_amendment(the_target(TARGET))


def amendment_of_the_group() -> None:
    proposed_amendment()
    meeting_of("BODY-WG-MR")


def amendment_of_ones_own() -> None:
    make_amendment(the_target(TARGET), by="chair-mr")
    meeting_of("BODY-WG-MR")


def amendment_of_the_board() -> None:
    make_amendment(the_action(ACTION), planned_euros="12345.00")
    meeting_of("BODY-SH")


def amendment_of_the_assembly() -> None:
    make_amendment(the_target("VT-2009-MR-1"))
    meeting_of("BODY-YK")


def amendment_of_accounts() -> None:
    make_amendment(the_action(ACTION), funding_source="RL-MUU")


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
            is_done=plan_is("draft"),
        ),
        page("workgroups:work-programme-edit", f"{base}edit/", opening, given=make_plan, state="draft"),
        page("workgroups:work-programme-edit", "/ako/workgroups/WG-MR/2009/edit/", closed, state="approved"),
        verb(
            "workgroups:work-programme-remove",
            f"{base}remove/",
            writing,
            given=empty_plan,
            is_done=lambda: not WorkProgramme.objects.filter(group__code="WG-MR", year=2010).exists(),
            state="draft",
        ),
        verb(
            "workgroups:work-programme-remove",
            "/ako/workgroups/WG-MR/2009/remove/",
            closed,
            state="approved",
        ),
        page(
            "workgroups:work-programme-versions",
            f"{base}versions/",
            signed_in(404, of_mr=200, read_unfinished=200),
            given=make_plan,
            state="draft",
        ),
        Row("workgroups:action-add", f"{base}add/", opening, writing, make_plan, state="draft"),
        Row(
            "workgroups:action-add",
            f"{base}add/",
            opening,
            writing,
            make_plan,
            typed={"text": "Uusi toimi", "base": '{"text": ""}'},
            state="draft, with what is written into the row",
            is_done=lambda: Action.objects.filter(text="Uusi toimi").exists(),
        ),
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
        verb(
            "workgroups:action-remove", f"{row}remove/", writing, given=make_plan, typed=SEEN, state="draft"
        ),
        verb("workgroups:action-restore", f"{row}restore/", writing, given=make_plan, state="draft"),
        verb(
            "workgroups:work-programme-submit",
            f"{base}submit/",
            writing,
            given=make_plan,
            state="draft",
            is_done=plan_is("submitted"),
        ),
        verb(
            "workgroups:work-programme-take-back",
            f"{base}take-back/",
            writing,
            given=submitted_plan,
            is_done=plan_is("draft"),
        ),
        verb(
            "workgroups:work-programme-approve",
            f"{base}approve/",
            accepting,
            given=submitted_plan,
            typed=IN_MEETING | {"version": "2"},
            is_done=plan_is("approved"),
        ),
        verb(
            "workgroups:work-programme-return",
            f"{base}return/",
            accepting,
            given=submitted_plan,
            typed={"version": "2", "reason": "Lisää kunnat."},
            is_done=plan_is("returned"),
        ),
        verb(
            "workgroups:work-programme-note",
            f"{base}note/",
            signed_in(403, told=404, secretary=302),
            given=approved_plan,
            typed=IN_MEETING,
            state="approved",
            is_done=plan_is("noted"),
        ),
        verb("workgroups:work-programme-note", f"{base}note/", signed_in(404, **unapproved), given=make_plan),
        verb(
            "workgroups:work-programme-elsewhere",
            "/ako/workgroups/WG-MR/2008/elsewhere/",
            signed_in(404, **unapproved, office=302),
            given=plan_on_paper,
            typed={"approved_on": "8.2.2008", "number": "3"},
            is_done=plan_is("approved", year=2008),
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
            is_done=amendment_is("withdrawn"),
        ),
        *(
            verb(
                "workgroups:amendment-decide",
                f"{AMENDMENT}decide/",
                undecided | dict.fromkeys(deciders, 302),
                given=given,
                typed=ACCEPTED | (IN_MEETING if in_meeting else {}),
                state=state,
                is_done=amendment_is("accepted"),
            )
            for state, given, deciders, in_meeting in (
                ("of the group", amendment_of_the_group, ["chair-mr"], True),
                ("of one's own", amendment_of_ones_own, [], True),
                ("of the board", amendment_of_the_board, ["secretary"], True),
                ("of the assembly", amendment_of_the_assembly, ["secretary"], True),
                ("of accounts", amendment_of_accounts, ["presenter"], False),
            )
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
