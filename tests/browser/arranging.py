"""What every page of the portal is looked at in: states that stay as long as the tests look."""

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
from tests.browser.pages import (
    DRAFTED,
    FAILED,
    PLANNED,
    RETURNED,
    SOMEBODY,
    UNDER_WAY,
    UPDATED,
    WAITING,
)
from tests.browser.pages_of_budgets import arrange_budgets
from tests.browser.pages_of_decisions import arrange_decisions
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
    arrange_decisions()
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
