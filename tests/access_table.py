"""Who gets what answer at which address: the model's table “Who sees what, by the state it is in”."""

from collections.abc import Callable

from reporting import services
from tests.access_admin import ADMIN
from tests.access_administration import ADMINISTRATION
from tests.access_budget import BUDGETS
from tests.access_claims import CLAIM_ROWS
from tests.access_clock import CLOCK
from tests.access_contributions import CONTRIBUTIONS
from tests.access_decisions import DECISIONS
from tests.access_evaluations import EVALUATIONS
from tests.access_evidence import EVIDENCE
from tests.access_files import FILES
from tests.access_groups import GROUPS
from tests.access_hand_over import HAND_OVER
from tests.access_history import HISTORY
from tests.access_indicators import INDICATORS
from tests.access_ledger import LEDGER
from tests.access_meetings import MEETINGS
from tests.access_members import MEMBERS
from tests.access_networks import NETWORKS
from tests.access_phasing import PHASING
from tests.access_planning import PLANNING
from tests.access_reports_of_groups import REPORTS_OF_GROUPS
from tests.access_rows import Row, answers, page, signed_in, verb
from tests.access_strategy import STRATEGY
from tests.access_targets import TARGETS
from tests.access_wordings import WORDINGS
from tests.factories import back_to_draft, make_follow_up, make_report, the_action, the_target
from tests.personas import person

OPEN, SHUT = "2009-T2", "2009-T1"

PUBLIC = answers(200)
NOBODY = answers(404)
# What stands behind an approved work programme: officials and groups; the rest do not see it.
APPROVED_WORK = signed_in(200, told=404)


def submitted_target() -> None:
    make_follow_up(the_target("VT-2009-MR-2"), state="submitted", submitted_by=person("coordinator-mr"))


def submitted_action() -> None:
    make_follow_up(the_action("TP-2009-MR-06"), state="submitted", submitted_by=person("coordinator-mr"))


def composed_report() -> None:
    make_report()


def frozen_report() -> None:
    services.freeze_report(make_report(), actor=person("office"))


def draft_work_programme() -> None:
    back_to_draft(group__code="WG-MR", year=2009)


PORTAL = [
    page("front-page", "/", PUBLIC),
    page("health-live", "/health/live", PUBLIC),
    page("health-ready", "/health/ready", PUBLIC),
    page("accessibility", "/accessibility/", PUBLIC),
    page("style", "/style/", signed_in(200)),
    page("profile", "/account/", signed_in(200)),
    page("notification-list", "/notifications/", signed_in(200)),
    verb("notifications-read", "/notifications/read/", signed_in(302)),
    verb("notification-open", "/notifications/1/", signed_in(404)),
    verb("set-keys", "/account/keys/", signed_in(302)),
    verb("language-set", "/language/", answers(302), typed={"language": "sv"}),
    verb("persona-sign-in", "/account/demo/", answers(302), typed={"persona": "office"}),
    Row("first-administrator", "/account/first/", NOBODY, NOBODY),
]

ACCOUNT = [
    Row("account_login", "/account/login/", answers(302, anonymous=200), answers(302, anonymous=200)),
    Row("account_logout", "/account/logout/", answers(200, anonymous=302), answers(302)),
    Row("account_inactive", "/account/inactive/", PUBLIC, answers(405)),
    # The sample's people have no password to ask for again.
    Row("account_reauthenticate", "/account/reauthenticate/", signed_in(403), signed_in(403)),
    Row("account_change_password", "/account/password/change/", signed_in(302), signed_in(302)),
    Row("account_set_password", "/account/password/set/", signed_in(200), signed_in(200)),
    Row("account_reset_password", "/account/password/reset/", PUBLIC, PUBLIC),
    Row("account_reset_password_done", "/account/password/reset/done/", PUBLIC, answers(405)),
    Row("account_reset_password_from_key", "/account/password/reset/key/1-no/", PUBLIC, PUBLIC),
    Row("account_reset_password_from_key_done", "/account/password/reset/key/done/", PUBLIC, answers(405)),
]

GROUND = [
    *STRATEGY,
    page("programme:meeting-list", "/ako/meetings/", PUBLIC),
    page("programme:meeting-detail", "/ako/meetings/KOK-SH-2009-05/", PUBLIC),
    page("programme:meeting-detail", "/ako/meetings/KOK-NONE/", NOBODY, state="missing"),
    page("programme:body-detail", "/ako/bodies/BODY-SH/", PUBLIC),
    Row("programme:body-detail", "/no/bodies/BODY-SH/", NOBODY, NOBODY, state="of no programme"),
]


WORK = [
    page("workgroups:desk", "/desk/", signed_in(200)),
    page("workgroups:round", f"/desk/round/{OPEN}/", signed_in(302)),
    page(
        "workgroups:approvals",
        "/approvals/",
        signed_in(403, chair_mr=200, chair_hp=200, chair_eo=200, presenter=200),
    ),
    page("workgroups:group-list", "/ako/workgroups/", PUBLIC),
    page("workgroups:group-detail", "/ako/workgroups/WG-MR/", PUBLIC),
    page("workgroups:work-programme-detail", "/ako/workgroups/WG-MR/2009/", APPROVED_WORK, state="approved"),
    page(
        "workgroups:work-programme-detail",
        "/ako/workgroups/WG-MR/2009/",
        signed_in(404, of_mr=200, read_unfinished=200),
        given=draft_work_programme,
        state="draft",
    ),
    *PLANNING,
]

TARGET, ACTION = "/ako/targets/VT-2009-MR-2", "/ako/actions/TP-2009-MR-06"


def follow_up_rows(
    kind: str, base: str, accepted: str, told: int, submitted: Callable[[], None]
) -> list[Row]:
    """Return the rows of a line's follow-up; `told` is what those get who see no work in progress."""
    form, here = f"workgroups:{kind}-follow-up", f"{base}/follow-up/{OPEN}/"
    writers = signed_in(403, told=told, coordinator_mr=200)
    acts = signed_in(403, told=told, coordinator_mr=302)
    closed = signed_in(403, told=told)
    # A follow-up is seen before its acceptance by its group, the office, the presenting officer, the auditor.
    unseen = signed_in(404)
    before_acceptance = signed_in(404, of_mr=403, read_unfinished=403, chair_mr=302)
    after_acceptance = signed_in(403, told=404, chair_hp=302)
    read = {"version": "1"}
    reason = read | {"reason": "Lisää mittari."}
    return [
        Row(form, here, writers, signed_in(403, told=told, coordinator_mr=422), state="open"),
        Row(form, f"{accepted}/follow-up/{OPEN}/", closed, closed, state="accepted"),
        Row(form, f"{base}/follow-up/{SHUT}/", closed, closed, state="closed period"),
        Row(form, f"{base}/follow-up/2008-T2/", unseen, unseen, state="period of another year"),
        Row(form, f"{base}9/follow-up/{OPEN}/", unseen, unseen, state="missing line"),
        verb(f"{form}-confirm", f"{here}confirm/", acts),
        verb(f"{form}-draft", f"{here}draft/", acts),
        verb(f"{form}-accept", f"{here}accept/", unseen, typed=read, state="unanswered"),
        verb(
            f"{form}-accept",
            f"{here}accept/",
            before_acceptance,
            given=submitted,
            typed=read,
            state="submitted",
        ),
        verb(
            f"{form}-accept",
            f"{accepted}/follow-up/{OPEN}/accept/",
            after_acceptance,
            typed=read,
            state="accepted",
        ),
        verb(f"{form}-return", f"{here}return/", unseen, typed=reason, state="unanswered"),
        verb(
            f"{form}-return",
            f"{here}return/",
            before_acceptance,
            given=submitted,
            typed=reason,
            state="submitted",
        ),
        verb(
            f"{form}-return",
            f"{here}return/",
            before_acceptance | {"chair-mr": 422},
            given=submitted,
            typed=read,
            state="without a reason",
        ),
    ]


FOLLOW_UP = [
    *follow_up_rows("target", TARGET, "/ako/targets/VT-2009-HP-1", 403, submitted_target),
    *follow_up_rows("action", ACTION, "/ako/actions/TP-2009-HP-01", 404, submitted_action),
]

FORECASTS = "/ako/finance/2009/forecasts"
GIVEN = signed_in(403, told=404, office=200, finance=200, coordinator_mr=200)
GIVEN_EMPTY = signed_in(403, told=404, office=422, finance=422, coordinator_mr=422)

READINGS = [
    page("reporting:thread", "/ako/", PUBLIC),
    page("reporting:thread", "/ako/?period=2009-T2", answers(200, anonymous=404, told=404), state="live"),
    page("reporting:dashboard", "/ako/dashboard/", PUBLIC),
    page(
        "reporting:dashboard",
        f"/ako/dashboard/?period={OPEN}",
        answers(200, anonymous=404, told=404),
        state="live",
    ),
    page("reporting:dashboard", f"/ako/dashboard/?period={SHUT}", PUBLIC, state="published"),
    page("reporting:dashboard", "/ako/dashboard/?period=2009-TP", NOBODY, state="not begun"),
    page("reporting:priority-detail", "/ako/priorities/P1/", PUBLIC),
    page("reporting:goal-detail", "/ako/goals/P1-G1/", PUBLIC),
    page("reporting:measure-detail", "/ako/measures/P1-M2/", PUBLIC),
    page("reporting:target-list", "/ako/targets/", PUBLIC),
    page("reporting:target-detail", f"{TARGET}/", PUBLIC, state="decided"),
    page("reporting:action-detail", f"{ACTION}/", APPROVED_WORK, state="approved"),
    page(
        "reporting:action-detail",
        f"{ACTION}/",
        signed_in(404, of_mr=200, read_unfinished=200),
        given=draft_work_programme,
        state="draft",
    ),
    page("reporting:finance", "/ako/finance/2009/", PUBLIC),
    page(
        "reporting:finance",
        f"/ako/finance/2009/?period={OPEN}",
        answers(200, anonymous=404, told=404),
        state="live",
    ),
    page("reporting:entry-list", "/ako/finance/2009/entries/", signed_in(200, told=404)),
    page("reporting:entries-file", "/ako/finance/2009/entries.csv", signed_in(200, told=404)),
    page("reporting:entries-file", "/ako/finance/2009/entries.xlsx", signed_in(200, told=404), state="xlsx"),
    page("reporting:finance-file", "/ako/finance/2009.xlsx", PUBLIC),
    page("reporting:finance-file", "/ako/finance/2009.csv", PUBLIC, state="csv"),
    page(
        "reporting:finance-file",
        f"/ako/finance/2009.csv?period={OPEN}",
        answers(200, anonymous=404, told=404),
        state="live",
    ),
    Row("reporting:forecast-edit", f"{FORECASTS}/{OPEN}/KP-2110/", GIVEN, GIVEN_EMPTY, state="open"),
    Row(
        "reporting:forecast-edit",
        f"{FORECASTS}/{OPEN}/KP-2110/",
        GIVEN,
        signed_in(403, told=404, office=302, finance=302, coordinator_mr=302),
        typed={"amount": "180 000"},
        state="given",
    ),
    Row(
        "reporting:forecast-edit",
        f"{FORECASTS}/2009-T1/KP-2110/",
        signed_in(403, told=404),
        signed_in(403, told=404),
        state="closed round",
    ),
]

PRESENTED, ASSEMBLY, PUBLISHED = "RAP-2009-T1-SH", "RAP-2009-T1-YK", "RAP-2009-T1-SID"
OF_THE_OPEN_PERIOD = "RAP-2009-T2-SH"
TO_THE_BOARD = answers(200, anonymous=404, municipal=404)
TO_THE_ASSEMBLY = answers(200, anonymous=404, elected=404)
# What is being composed is the office's; the presenting officer and the auditor may read it.
COMPOSED = signed_in(404, presenter=403, auditor=403, office=302)
FROZEN = signed_in(403, told=404, office=302)
REPORTS = "/ako/reports"

TELLING = [
    page("reporting:report-verify", f"/verify/{PRESENTED}/1/", PUBLIC),
    page("reporting:report-verify", f"/verify/{PRESENTED}/2/", NOBODY, state="missing version"),
    page("reporting:report-list", f"{REPORTS}/", PUBLIC),
    page("reporting:report-detail", f"{REPORTS}/{PRESENTED}/", TO_THE_BOARD, state="presented"),
    page("reporting:report-detail", f"{REPORTS}/{ASSEMBLY}/", TO_THE_ASSEMBLY, state="to the assembly"),
    page("reporting:report-detail", f"{REPORTS}/{PUBLISHED}/", PUBLIC, state="published"),
    page(
        "reporting:report-detail",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/",
        answers(404, read_unfinished=200),
        given=composed_report,
        state="composed",
    ),
    page(
        "reporting:report-detail",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/",
        answers(200, anonymous=404, told=404),
        given=frozen_report,
        state="frozen, on no published agenda",
    ),
    page("reporting:report-progress", f"{REPORTS}/{PRESENTED}/progress/", TO_THE_BOARD),
    page("reporting:report-html", f"{REPORTS}/{PRESENTED}.html", TO_THE_BOARD, state="presented"),
    page("reporting:report-html", f"{REPORTS}/{PUBLISHED}.html", PUBLIC, state="published"),
    page("reporting:report-json", f"{REPORTS}/{PRESENTED}.json", TO_THE_BOARD, state="presented"),
    page("reporting:report-json", f"{REPORTS}/{PUBLISHED}.json", PUBLIC, state="published"),
    # No worker runs beside these tests, so nothing is rendered yet: see the test of stored bytes.
    page("reporting:report-pdf", f"{REPORTS}/{PRESENTED}.pdf", NOBODY),
    page("reporting:report-pdf-language", f"{REPORTS}/{PRESENTED}.sv.pdf", NOBODY),
    page("reporting:report-pdf-version", f"{REPORTS}/{PRESENTED}/1.pdf", NOBODY),
    verb("reporting:report-compose", f"{REPORTS}/compose/{OPEN}/AUD-SH/", signed_in(403, office=302)),
    verb(
        "reporting:report-write",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/write/",
        COMPOSED | {"presenter": 302},
        given=composed_report,
        typed={"wording": "1", "summary": "Tiivistelmä.", "proposal": "Merkitään tiedoksi."},
        state="composed",
    ),
    verb(
        "reporting:report-write",
        f"{REPORTS}/{PRESENTED}/write/",
        signed_in(403, municipal=404),
        state="presented",
    ),
    verb(
        "reporting:report-agenda",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/agenda/",
        COMPOSED | {"presenter": 302},
        given=composed_report,
        state="composed",
    ),
    verb(
        "reporting:report-agenda",
        f"{REPORTS}/{PRESENTED}/agenda/",
        signed_in(403, municipal=404, office=302, presenter=302),
        state="presented",
    ),
    Row(
        "reporting:report-freeze",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/freeze/",
        COMPOSED | {"office": 200},
        COMPOSED,
        composed_report,
        state="composed",
    ),
    Row(
        "reporting:report-freeze",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/freeze/",
        FROZEN | {"office": 403},
        FROZEN | {"office": 403},
        frozen_report,
        state="frozen",
    ),
    verb(
        "reporting:report-render",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/render/",
        COMPOSED | {"office": 403},
        given=composed_report,
        state="composed",
    ),
    verb(
        "reporting:report-render",
        f"{REPORTS}/{OF_THE_OPEN_PERIOD}/render/",
        FROZEN,
        given=frozen_report,
        state="frozen",
    ),
]

TABLE = [
    *PORTAL,
    *ACCOUNT,
    *GROUND,
    *NETWORKS,
    *HISTORY,
    *WORK,
    *FILES,
    *INDICATORS,
    *GROUPS,
    *MEETINGS,
    *WORDINGS,
    *HAND_OVER,
    *DECISIONS,
    *MEMBERS,
    *TARGETS,
    *FOLLOW_UP,
    *EVALUATIONS,
    *EVIDENCE,
    *REPORTS_OF_GROUPS,
    *CLOCK,
    *READINGS,
    *TELLING,
    *CONTRIBUTIONS,
    *CLAIM_ROWS,
    *LEDGER,
    *BUDGETS,
    *PHASING,
    *ADMINISTRATION,
    *ADMIN,
]
