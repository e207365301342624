"""Every page of the portal, by who opens it, in states that stay as long as the tests look."""

import datetime

from priorities.models import AnnualTarget, Measure
from programme import clock
from programme.ledger import jobs, mending
from programme.ledger.mending import Given
from programme.models import Attachment, Audience, Invitation, ReportingPeriod, Substitute, User
from reporting import prints
from reporting import services as reporting_services
from reporting.earlier.bringing_in import withdraw
from reporting.models import PlanPrint, Rendering, Rendition, Report
from tests.access_strategy import prepared_goal
from tests.browser.pages_of_budgets import BUDGETS, arrange_budgets
from tests.factories import (
    a_pdf,
    ako,
    give_terms,
    make_amendment,
    make_earlier_report,
    make_evidence,
    make_group_report,
    make_membership,
    make_network_told,
    make_person,
    make_plan,
    make_target,
    make_task,
    make_value,
    the_action,
    the_indicator,
    the_period,
    the_target,
)
from tests.factories_evaluations import close, give_answer, make_evaluation, make_members
from tests.programme.claims import claims
from tests.programme.ledger.files import as_csv, brought_in, checked, imported
from workgroups import drafts, services
from workgroups.comments import write_comment
from workgroups.indicators import entering, ties
from workgroups.models import Measured
from workgroups.work_programmes import approval

UPDATED, WAITING, RETURNED, DRAFTED = "VT-2009-MR-3", "VT-2009-MR-1", "TP-2009-MR-01", "TP-2009-MR-02"
PLANNED = "VT-2010-MR-91"
SOMEBODY = 900
COMPOSED, FROZEN = "RAP-2009-T2-SH", "RAP-2009-T2-TVK"
UNDER_WAY, FAILED = "RAP-2009-T1-YK", "RAP-2009-T1-TVK"


def follow_up_address(code: str) -> str:
    kind = "targets" if code.startswith("VT-") else "actions"
    return f"/ako/{kind}/{code}/follow-up/2009-T2/"


OK, FORBIDDEN, MISSING = 200, 403, 404

PAGES: dict[str, dict[str, int]] = {
    "public": {
        "/": OK,
        "/account/login/": OK,
        "/account/password/reset/": OK,
        "/accessibility/": OK,
        "/ako/": OK,
        "/ako/?open=all": OK,
        "/ako/dashboard/": OK,
        "/ako/targets/": OK,
        "/ako/targets/?priority=P2&status=delayed": OK,
        "/ako/targets/VT-2009-MR-2/": OK,
        "/ako/targets/VT-2009-MR-2/history/": OK,
        "/ako/targets/VT-2009-MR-2/history/?view=texts&a=RAP-2009-T1-SID/1&b=RAP-2009-T1-SID/1": OK,
        "/ako/priorities/P1/": OK,
        "/ako/goals/P1-G1/": OK,
        "/ako/measures/P3-M3/": OK,
        "/ako/indicators/": OK,
        "/ako/indicators/?group=WG-EO": OK,
        "/ako/indicators/IND-EO-2/": OK,
        "/ako/networks/": OK,
        "/ako/networks/NET-A/": OK,
        "/ako/networks/NET-A1/": OK,
        "/ako/finance/2009/": OK,
        "/ako/finance/2007/contributions/": OK,
        **BUDGETS["public"],
        "/ako/workgroups/": OK,
        "/ako/workgroups/WG-MR/": OK,
        "/ako/meetings/": OK,
        "/ako/meetings/?page=2": OK,
        "/ako/meetings/?year=1999": OK,
        "/ako/meetings/KOK-SH-2009-07/": OK,
        "/ako/meetings/KOK-SH-2009-08/": OK,
        "/ako/bodies/BODY-SH/": OK,
        "/ako/reports/": OK,
        "/ako/reports/RAP-2009-T1-SID/": OK,
        "/ako/reports/RAP-2009-T1-SID.html": OK,
        "/verify/RAP-2009-T1-SH/1/": OK,
        "/ei/ole/": MISSING,
    },
    "coordinator-mr": {
        "/desk/": OK,
        "/desk/round/2009-T2/": OK,
        "/ako/workgroups/WG-MR/report/2009-T2/": OK,
        "/account/": OK,
        "/account/password/change/": OK,
        "/ako/workgroups/": OK,
        "/ako/workgroups/WG-MR/": OK,
        "/ako/workgroups/WG-MR/members/new/": FORBIDDEN,
        "/ako/indicators/IND-MR-1/": OK,
        "/ako/indicators/IND-MR-1/values/2009-T2/": OK,
        "/ako/indicators/IND-MR-1/values/2009-T1/": FORBIDDEN,
        "/ako/indicators/IND-MR-2/values/2009-T2/": OK,
        "/ako/indicators/IND-MR-3/values/2009-T2/": OK,
        "/ako/indicators/IND-MR-2/": OK,
        follow_up_address("VT-2009-MR-2"): OK,
        follow_up_address(UPDATED): OK,
        follow_up_address(RETURNED): OK,
        follow_up_address(WAITING): OK,
        follow_up_address(DRAFTED): OK,
        follow_up_address("VT-2009-HP-1"): FORBIDDEN,
        f"/ako/targets/{WAITING}/": OK,
        f"/ako/targets/{PLANNED}/": OK,
        f"/ako/targets/{PLANNED}/edit/": OK,
        "/ako/targets/VT-2009-MR-2/edit/": FORBIDDEN,
        "/ako/plan/2010/": OK,
        "/ako/plan/2010/new/": OK,
        "/ako/workgroups/WG-MR/2010/": OK,
        "/ako/workgroups/WG-MR/2010/edit/": OK,
        "/ako/workgroups/WG-MR/2010/versions/": OK,
        "/ako/workgroups/WG-MR/2009/months/": OK,
        "/ako/workgroups/WG-MR/2009/euros/": OK,
        "/ako/workgroups/WG-MR/2009/turn/": OK,
        "/ako/actions/TP-2010-MR-01/edit/": OK,
        f"/ako/targets/{WAITING}/amend/": OK,
        "/ako/actions/TP-2009-MR-06/amend/": OK,
        "/ako/actions/TP-2009-MR-06/amend/remove/": OK,
        "/ako/workgroups/WG-MR/2009/amend/": OK,
        "/ako/amendments/": OK,
        "/ako/workgroups/WG-MR/meeting/2009-T2/": OK,
        "/ako/workgroups/WG-MR/2010/import/": OK,
        "/ako/workgroups/WG-MR/2010/pdf/": OK,
        f"/ako/actions/{RETURNED}/": OK,
        f"/ako/actions/{RETURNED}/history/": OK,
        f"/ako/targets/{WAITING}/history/": OK,
        "/ako/actions/TP-2009-MR-06/history/?view=changes": OK,
        f"/ako/targets/{PLANNED}/history/?view=changes": OK,
        "/approvals/": FORBIDDEN,
        "/ako/evaluations/": OK,
        "/ako/evaluations/ARV-2009/answer/WG-MR/": OK,
        "/ako/evaluations/ARV-2009/answer/WG-HP/": FORBIDDEN,
        "/ako/evaluations/ARV-2008/?group=WG-MR": OK,
    },
    "chair-hp": {"/desk/": OK, "/ako/workgroups/WG-HP/2010/": OK},
    "chair-mr": {
        "/desk/": OK,
        "/approvals/": OK,
        "/ako/indicators/IND-MR-1/": OK,
        "/ako/workgroups/WG-MR/report/2009-T2/": OK,
        "/ako/workgroups/WG-HP/report/2009-T2/": OK,
        f"/ako/targets/{WAITING}/": OK,
    },
    "presenter": {"/desk/": OK, "/approvals/": OK},
    "auditor": {
        "/desk/": OK,
        "/ako/indicators/?missing=on": OK,
        "/ako/indicators/IND-KV-1/": OK,
        "/ako/?open=all&period=2009-T2": OK,
        "/ako/dashboard/?period=2009-T2": OK,
        "/ako/dashboard/?period=2008-TP": OK,
        "/ako/targets/?period=2009-T2&status=deviating": OK,
        "/ako/workgroups/WG-MR/2009/": OK,
        "/ako/workgroups/WG-MR/2009/pdf/": OK,
        "/ako/workgroups/WG-HP/2009/pdf/": OK,
        "/ako/workgroups/KV/": OK,
        "/ako/finance/2009/?period=2009-T2": OK,
        "/ako/finance/2008/?period=2008-TP": OK,
    },
    "secretary": {
        "/desk/": OK,
        "/ako/plan/2010/": OK,
        "/ako/plan/2009/": OK,
        "/ako/amendments/MUU-2009-2/": OK,
        "/ako/finance/claims/MAK-2009-3/": OK,
        **BUDGETS["secretary"],
    },
    "finance": {
        "/ako/finance/claims/": OK,
        "/ako/finance/claims/new/": OK,
        "/ako/finance/claims/grants/2009/": OK,
        "/ako/finance/claims/MAK-2008-2/": OK,
        "/ako/finance/claims/MAK-2009-1/": OK,
        "/ako/finance/claims/MAK-2009-2/": OK,
        "/ako/finance/claims/MAK-2009-2/edit/": OK,
        "/ako/finance/claims/MAK-2009-2/not-eligible/": OK,
        "/ako/finance/claims/MAK-2009-2/not-eligible/new/": OK,
        "/ako/finance/2009/entries/": OK,
        "/desk/": OK,
        "/ako/finance/2009/?period=2009-T2&cost_centre=KP-2110": OK,
        "/ako/finance/2009/?period=2009-T2&by=account&unit=thousand": OK,
        "/ako/finance/2009/phasing/": OK,
        "/ako/finance/2009/phasing/KP-2110/TILI-4340/": OK,
        "/ako/finance/2009/contributions/": OK,
        "/ako/finance/2009/contributions/key/": OK,
        "/ako/finance/2009/contributions/settlement/": FORBIDDEN,
        "/ako/municipalities/": OK,
        **BUDGETS["finance"],
        "/ako/finance/import/": OK,
        "/ako/finance/import/new/": OK,
        "/ako/finance/import/files/1/columns/": OK,
        "/ako/finance/import/files/2/": OK,
        "/ako/finance/import/files/3/": OK,
        "/ako/finance/import/files/4/": OK,
        "/ako/finance/import/files/5/": OK,
        "/ako/finance/import/1/": OK,
    },
    "office": {
        "/desk/": OK,
        "/ako/strategy/": OK,
        "/ako/strategy/next/": OK,
        "/ako/indicators/": OK,
        "/ako/indicators/new/": OK,
        "/ako/indicators/IND-MR-1/": OK,
        "/ako/indicators/IND-MR-1/edit/": OK,
        f"/ako/targets/{PLANNED}/": OK,
        "/ako/measures/P1-M2/": OK,
        "/ako/networks/NET-A1/": OK,
        "/ako/networks/NET-A1/edit/": OK,
        "/ako/networks/NET-A1/years/2008/": OK,
        "/ako/workgroups/WG-HP/": OK,
        "/ako/workgroups/WG-HP/members/new/": OK,
        "/ako/dashboard/": OK,
        "/ako/reports/": OK,
        "/ako/reports/?year=2008&state=presented": OK,
        "/ako/reports/earlier/new/": OK,
        "/ako/reports/earlier/AIK-2008-1/": OK,
        "/ako/reports/earlier/AIK-2008-2/": OK,
        "/ako/reports/?page=2": OK,
        f"/ako/reports/{COMPOSED}/": OK,
        f"/ako/reports/{COMPOSED}/freeze/": OK,
        f"/ako/reports/{COMPOSED}.html": OK,
        f"/ako/reports/{FROZEN}/": OK,
        f"/ako/reports/{UNDER_WAY}/": OK,
        f"/ako/reports/{UNDER_WAY}/progress/": OK,
        f"/ako/reports/{FAILED}/": OK,
        "/ako/reports/RAP-2008-TP-SH.html": OK,
        f"/verify/{FROZEN}/1/": OK,
        "/ako/settings/": OK,
        "/ako/settings/thresholds/": OK,
        "/ako/settings/rounds/new/": OK,
        "/ako/settings/accounts/": OK,
        "/ako/settings/accounts/add/": OK,
        "/ako/settings/funding-sources/add/": OK,
        "/ako/settings/rounds/2009-T2/": OK,
        "/ako/settings/rounds/2009-T1/": FORBIDDEN,
        "/ako/settings/rounds/2009-T1/reopen/": OK,
        "/ako/people/": FORBIDDEN,
        "/ako/evaluations/": OK,
        "/ako/evaluations/new/": OK,
        "/ako/evaluations/ARV-2009/": OK,
        "/ako/evaluations/ARV-2009/edit/": OK,
        "/ako/evaluations/ARV-2009-V/edit/": OK,
        "/ako/evaluations/ARV-2008/": OK,
        "/ako/evaluations/ARV-2008/?group=WG-HP": OK,
        "/ako/evaluations/package.zip?kind=final": 422,
    },
    "elected": {
        "/desk/": OK,
        "/ako/dashboard/": OK,
        "/ako/targets/VT-2009-EO-2/": OK,
        "/ako/targets/VT-2009-EO-2/history/?view=texts": OK,
        "/ako/reports/RAP-2009-T1-SH/": OK,
        "/ako/reports/RAP-2009-T1-SH.html": OK,
        "/ako/reports/earlier/AIK-2008-2/": OK,
        "/ako/bodies/BODY-SH/": OK,
    },
    "municipal": {
        "/desk/": OK,
        "/ako/municipalities/": OK,
        "/ako/municipalities/KUN-211/": OK,
        "/ako/municipalities/KUN-837/": MISSING,
        "/ako/finance/2008/contributions/": OK,
    },
    "admin": {
        "/style/": OK,
        "/account/": OK,
        "/ako/people/": OK,
        "/ako/people/?who=invited": OK,
        "/ako/people/?q=ei-ketään": OK,
        f"/ako/people/{SOMEBODY}/": OK,
        f"/ako/people/{SOMEBODY}/edit/": OK,
        "/ako/people/invite/": OK,
        "/ako/settings/": OK,
        "/ako/settings/posts/": OK,
        "/ako/settings/posts/ROLE-SJ/": OK,
        "/ako/settings/cost-centres/": OK,
        "/ako/settings/cost-centres/add/": FORBIDDEN,
        "/ako/settings/bodies/new/": OK,
        "/ako/settings/bodies/BODY-SH/": OK,
    },
}


def arrange() -> None:
    """Bring about what the pages show: each state of a follow-up and of a report, once."""
    period = the_period()
    writer, chair = _person("coordinator-mr"), _person("chair-mr")
    told = {"status": "on_track", "text": "Etenee suunnitellusti."}
    for line in (the_target(UPDATED), the_target(WAITING), the_action(RETURNED)):
        submitted = services.submit_follow_up(line, period, actor=writer, version=0, values=told)
    services.return_follow_up(submitted, actor=chair, version=1, reason="Lisää mittarin arvo.")
    _add_evidence()
    _evaluate()
    drafts.save_draft(
        the_action(DRAFTED), period, actor=writer, typed={"text": "Kesken jäänyt lause"}, base_version=0
    )
    make_target(PLANNED, year=2010, state=AnnualTarget.State.DRAFT, name_fi="Yhteistyötä edistetään.")
    make_target("VT-2010-MR-92", year=2010, state=AnnualTarget.State.PROPOSED, own_euros=34000, no_cost=False)
    plan = make_plan("WG-HP", rows=3)
    approval.submit_work_programme(plan, actor=_person("coordinator-hp"))
    printed = make_plan(rows=3)
    prints.ask_for_print(printed, "fi")
    PlanPrint.objects.filter(work_programme=printed).update(stage=PlanPrint.Stage.FAILED, error_id="7F3K20AC")
    make_amendment(the_action("TP-2009-MR-06"), planned_euros="12345.00")
    arrange_budgets()
    write_comment(
        the_target("VT-2009-MR-2"), author=_person("member-mr"), text="Kuka hoitaa?", mentions=[writer, chair]
    )
    make_value(note="Koordinaattorin arvio, tarkistetaan syyskuussa.")
    entering.return_value(make_value("IND-MR-2"), actor=chair, reason="Lähde puuttuu.")
    of_third, typed = Measured(the_indicator("IND-MR-3")), {"value": "12,", "note": "Kesken", "base": "{}"}
    drafts.save_draft(of_third, period, actor=writer, typed=typed, base_version=0)
    ties.tie_measure(the_indicator(), Measure.objects.get(code="P1-M2"))
    for code in ("KUN-211", "KUN-980"):
        make_value(municipality=code, accepted_at=clock.now())
    prepared_goal()
    make_network_told("NET-A1", 2008)
    make_task("WG-MR")
    make_group_report()
    make_group_report("WG-HP", state="approved")
    Substitute.objects.create(
        absent=writer, substitute=_person("member-mr"), starts_on="2009-09-01", until="2009-09-30"
    )
    _bring_ledger_files_in()
    claims.for_the_browser()
    make_earlier_report()
    withdraw(make_earlier_report(a_pdf("toinen")), actor=_person("office"), reason="Väärä toimielin.")
    make_membership("WG-MR", until=datetime.date(2008, 12, 31), user=writer)
    _invite_somebody()
    _compose("AUD-SH", period)
    reporting_services.freeze_report(_compose("AUD-TVK", period), actor=_person("office"))
    _stand_still(UNDER_WAY, Rendering.Stage.LAYING_OUT)
    _stand_still(FAILED, Rendering.Stage.FAILED, error_id="7F3K20AB")


def _bring_ledger_files_in() -> None:
    """Bring files in, in this order: one whose columns are to be chosen, one with faults, one to confirm, one
    that is no table, one that was imported."""
    brought_in(as_csv(), "tositteet-2009-08.csv")
    faulty = checked(as_csv([("", "1", "31.9.2009", "2140", "9999", "Kartat", "noin 5")]), "virheet.csv")
    given = [Given("cost_centre", "2140", "KP-2110", is_remembered=True), Given("voucher", "", "9001", row=2)]
    mending.mend(faulty, actor=_person("finance"), given=given, version=faulty.version)
    jobs.check(faulty.pk)
    checked(as_csv(encoding="iso-8859-1"), "tarkistettu.csv")
    brought_in(b"%PDF-1.7", "luettelo.pdf")
    imported(as_csv([("9009", "1", "31.8.2009", "2110", "4340", "Kartat", "12,00")]), "tuotu.csv")


def _add_evidence() -> None:
    """Add files to what waits: one as any, one that is secret, one in which the scanner found something."""
    line = the_target(WAITING)
    make_evidence(line, state="submitted", name="Lausuntoyhteenveto-kaikista-kunnista-31.8.2009.pdf")
    make_evidence(line, state="submitted", content=a_pdf("2"), secrecy_ground="JulkL 24 § 1 mom. 20 k")
    found = make_evidence(line, state="submitted", content=a_pdf("3"), name="muistio.pdf").attachment
    Attachment.objects.filter(pk=found.pk).update(
        scan=Attachment.Scan.QUARANTINED, found="Eicar-Test-Signature", scanned_at=clock.now()
    )


def _evaluate() -> None:
    """Hold a round that has closed, with too few answers in one group, one that is open and one to come."""
    told = make_evaluation("ARV-2008", year=2008, opens_on=datetime.date(2008, 11, 1))
    for group, number in (("WG-MR", 6), ("WG-HP", 2)):
        for rating, member in enumerate(make_members(group, number)):
            said = {"AKO-R1": "Yhteistyömalli on käytössä kaikissa kunnissa."}
            give_answer(told, member, rating, group=group, comments=said, general="Jatketaan näin.")
    close(told)
    make_evaluation()
    make_evaluation(
        "ARV-2009-V",
        kind="mid_term",
        is_anonymous=False,
        opens_on=datetime.date(2009, 11, 1),
        closes_on=datetime.date(2009, 11, 30),
    )


def _invite_somebody() -> None:
    """Make a person with terms of every kind, some of them ended, who has been invited."""
    somebody = make_person("Aino-Elina Ylä-Kauppinen-Hakanen", id=SOMEBODY)
    give_terms(somebody)
    give_terms(somebody, starts_on="2008-01-01", until="2008-12-31")
    Invitation.objects.create(user=somebody, sent_at=clock.now(), sent_by=_person("admin"))


def _person(persona: str) -> User:
    return User.objects.get(persona=persona)


def _compose(audience: str, period: ReportingPeriod) -> Report:
    told_to = Audience.objects.get(programme=ako(), code=audience)
    return reporting_services.compose_report(period, told_to)


def _stand_still(code: str, stage: Rendering.Stage, error_id: str = "") -> None:
    """Leave a report's making at a stage: no worker knows of it."""
    Rendering.objects.create(
        report=Report.objects.get(programme=ako(), code=code),
        format=Rendition.Format.PDF,
        language="fi",
        stage=stage,
        error_id=error_id,
        asked_at=clock.now(),
    )
