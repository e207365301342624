"""More of everything that pages list, so that a page whose queries grow with its rows is found out."""

import datetime

import pgtrigger

from priorities.models import AnnualTarget, Indicator, IndicatorTarget, Measure
from programme import clock
from programme.budget.drawing_up import begin_budget
from programme.models import (
    Account,
    Attendance,
    Body,
    Budget,
    ContributionShare,
    Deadline,
    DeadlineStep,
    Decision,
    LedgerCorrection,
    LedgerEntry,
    LedgerFile,
    LedgerImport,
    Matter,
    Meeting,
    Municipality,
    MunicipalityMembership,
    TaskNote,
    User,
)
from reporting.models import Report
from tests.factories import (
    a_pdf,
    ako,
    give_terms,
    make_action,
    make_body,
    make_earlier_report,
    make_evidence,
    make_follow_up,
    make_meeting,
    make_membership,
    make_network_told,
    make_person,
    make_target,
    make_task,
    make_value,
    measure_target,
    the_group,
    the_indicator,
    the_network,
    the_period,
    the_target,
)
from tests.factories_evaluations import close, give_answer, make_evaluation, make_members
from tests.factories_meetings import (
    make_decision,
    make_done_task,
    make_matter,
    make_paper,
    make_question,
    make_task_of,
)
from tests.personas import person
from tests.programme.claims import claims
from tests.programme.ledger.files import as_csv, checked, imported
from tests.workgroups.budget_amendments.steps import FEES, OTHER_CENTRE, propose
from workgroups.budget_amendments.proposing import decide_budget_proposal
from workgroups.models import BudgetProposal, Evaluation, IndicatorOwnership, WorkingGroup

# Beyond all ids that the sequences give while these tests run.
SOMEBODY = SOME_FILE = SOME_TASK = 900_000


def make_more(numbers):
    """Make more of everything that pages list: lines with answers, meetings with matters, reports."""
    for index in numbers:
        for group in ("WG-MR", "WG-HP"):
            target = make_target(
                f"VT-2009-X{group[-2:]}-{index}", group=group, due_on=datetime.date(2009, 9, 1)
            )
            actions = [
                make_action(f"TP-2009-X{group[-2:]}-{index}-{part}", target=target) for part in range(2)
            ]
            for line in (target, *actions):
                make_follow_up(line, period="2009-T1", accepted_at="2009-05-07T12:00:00+03:00")
        make_follow_up(target, state="submitted")
        own = make_target(f"VT-2009-Y-{index}", group="WG-MR")
        make_follow_up(own, state="submitted", submitted_by=person("coordinator-mr"))
        for said_of in (own, the_target()):
            make_evidence(said_of, state="submitted", content=a_pdf(f"evidence {index}"))
        make_target(f"VT-2010-X-{index}", year=2010, state=AnnualTarget.State.PROPOSED)
        make_target(f"VT-2010-Z-{index}", group="WG-HP", year=2010, state=AnnualTarget.State.DRAFT)
        make_network_told("NET-A1", *([2007] if index == 0 else [2007 + index] if index < 3 else []))
        serving = make_target(f"VT-2009-N-{index}", networks=["NET-A1"])
        make_action(f"TP-2009-N-{index}", target=serving, measure=None, network=the_network("NET-A1"))
        make_target(f"VT-2008-N-{index}", year=2008, networks=["NET-A1"])
        make_membership("WG-MR")
        make_membership("WG-MR", until=datetime.date(2008, 12, 31))
        make_task("WG-MR")
        make_task("WG-MR", verified_on=datetime.date(2009, 4, 1))
        meeting = make_meeting(f"KOK-X-{index}", held_on=datetime.date(2009, 9, 20))
        make_more_deadlines(index, meeting)
        held = make_meeting(f"KOK-Y-{index}", held_on=datetime.date(2009, 9, 8))
        told_in = meeting.body.meetings.get(code="KOK-SH-2009-05")
        for place, of in enumerate((meeting, held, told_in)):
            matter = Matter.objects.create(meeting=of, section=700 + 3 * index + place, title="Asia")
            Decision.objects.create(matter=matter, text="Merkittiin tiedoksi.")
        make_more_of_decisions(index)
        make_more_measured(index, serving)
        make_more_evaluated(index)
        somebody = User.objects.filter(pk=SOMEBODY).first() or make_person("Anna", id=SOMEBODY)
        give_terms(somebody, starts_on=f"20{10 + index}-01-01", until=f"20{10 + index}-12-31")
        give_terms(make_person(f"Beda {index}"))
        make_body(f"BODY-X-{index}")
        make_ledger_file(index)
        make_member_municipality(index)
        make_claim(index)
        make_more_budgeted(index)
        make_earlier_report(a_pdf(str(index)))
        make_earlier_report(a_pdf(f"{index} in a meeting"), presented_on=told_in.held_on)
        told = Report.objects.get(code="RAP-2009-T1-SID")
        Report.objects.create(
            programme=told.programme,
            period=told.period,
            audience=told.audience,
            code=f"RAP-2009-X{index}-SID",
            depth=told.depth,
            dataset=told.dataset,
            state=Report.State.PUBLISHED,
            composed_at=told.composed_at,
            frozen_at=told.frozen_at,
        )


def make_more_of_decisions(index):
    """Make another decision with tasks, one of them with a note, a question about a matter, and its paper."""
    section = 500 + 10 * index
    make_task_of(make_decision(section=section), pk=SOME_TASK + index)
    TaskNote.objects.create(task_id=SOME_TASK, text="Etenee.", written_on="2009-09-05")
    make_done_task(decision=make_decision(section=section + 1))
    matter = make_matter(section=section + 2)
    make_paper(matter, content=a_pdf(f"paper {index}"))
    make_question(matter, pk=SOME_TASK + index)
    meeting = Meeting.objects.get(code="KOK-SH-2009-77")
    Attendance.objects.create(meeting=meeting, order=index + 1, presence="member", name="Anna")


def make_more_deadlines(index, meeting):
    """Make two more steps of the clock with their deadlines before a meeting: of a group, and of a post."""
    for doer, body in (("coordinator", Body.objects.get(code="BODY-WG-MR")), ("secretary", None)):
        step = DeadlineStep.objects.create(
            programme=ako(),
            kind="T2",
            code=f"X-{doer}-{index}",
            order=900,
            name_fi="Lisävaihe",
            lane="groups" if body else "bodies",
            doer=doer,
            audience=meeting.body.audience,
            days=3,
        )
        Deadline.objects.create(
            step=step, period=the_period(), body=body, meeting=meeting, due_on=datetime.date(2009, 9, 15)
        )


def make_ledger_file(index):
    """Make a file that was checked with a fault, one that was imported, and a line of an import by its id."""
    row = ("1", "31.8.2009", "2110", "4340", "Kartat", "1,00")
    headings = ("Tosite", "Päivä", "Kustannuspaikka", "Tili", "Selite", "Summa")
    waiting = checked(as_csv([(f"A{index}", *row[1:]), ("", *row[1:])], headings=headings), f"a{index}.csv")
    unknown = [(f"U{index}", "31.8.2009", f"77{index}", *row[3:]), ("U", f"x{index}", *row[2:])]
    checked(as_csv([*unknown, ("", *row[1:])], headings=headings), f"u{index}.csv")
    imported(as_csv([(f"B{index}", *row[1:])], headings=headings), f"b{index}.csv")
    if index == 0:
        LedgerFile.objects.filter(pk=waiting.pk).update(id=SOME_FILE)
        LedgerImport.objects.create(
            id=SOME_FILE,
            programme=waiting.programme,
            file_id=SOME_FILE,
            source_name="a.csv",
            source_sha256="0" * 64,
            imported_at=waiting.attachment.added_at,
        )
    LedgerCorrection.objects.create(
        file_id=SOME_FILE,
        sheet=0,
        row=index + 1,
        field="amount",
        read="x",
        given="1.00",
        given_by=make_person(f"Corrector {index}"),
        given_at=waiting.attachment.added_at,
    )
    LedgerEntry.objects.create(
        ledger_import_id=SOME_FILE,
        cost_centre=waiting.programme.cost_centres.all()[index],
        account=waiting.programme.accounts.first(),
        booked_on=datetime.date(2009, 8, 31),
        voucher=f"C{index}",
        amount=1,
    )


def make_member_municipality(index):
    """Make another member with a share, and seats, contacts and a decision more for one that is there."""
    member = Municipality.objects.create(code=f"KUN-99{index}", number=f"99{index}", name_fi="Kunta")
    MunicipalityMembership.objects.create(
        programme=ako(), municipality=member, starts_on=datetime.date(2007, 1, 1)
    )
    for year in (2008, 2009):
        ContributionShare.objects.create(
            programme=ako(), municipality=member, year=year, population=1000, amount=0
        )
    meeting = make_meeting(f"KOK-YK-X-{index}", body="BODY-YK", held_on=datetime.date(2009, 9, 7))
    matter = Matter.objects.create(meeting=meeting, section=900 + index, title="Asia")
    Decision.objects.create(matter=matter, text="Hyväksyttiin.")


def make_claim(index):
    """Make a draft with lines that are not eligible and papers; later ones of a month, before the board."""
    first = datetime.date(2009, 9, 1) + datetime.timedelta(days=index)
    claim = claims.drafted() if index == 0 else claims.drafted("0", first=first, last=first)
    draft = claims.the_claim()
    claims.left_out(draft, "10")
    claims.left_out(draft, "5", entry=claims.some_entry(draft))
    claims.with_document(draft, f"liite {index}")
    claims.with_document(claims.the_claim("MAK-2009-1"), f"liite {claim.code}")


def make_more_budgeted(index):
    """Make another account, amendments of the year's budget on it, and lines of the next budget."""
    if index == 0:
        begin_budget(ako(), 2010, like_last=False)
    account = Account.objects.create(
        programme=ako(), code=f"TILI-X-{index}", number=f"99{index}", kind="expense"
    )
    name = f"expense_KP-2110_{account.code}_0"
    decide_budget_proposal(
        propose({name: 5 + index, FEES: -5 - index}), actor=person("presenter"), accepted=True
    )
    waiting = [propose({name: 1, FEES: -1}), propose({name: 1, OTHER_CENTRE: -1})]
    if index == 0:
        with pgtrigger.ignore("workgroups.BudgetProposal:a_budget_proposal_is_decided_as_proposed"):
            BudgetProposal.objects.filter(pk=waiting[0].pk).update(code="MUU-X")
    else:
        line = waiting[0].lines.get(account=account)
        line.pk, line.proposal = None, BudgetProposal.objects.get(code="MUU-X")
        line.save(force_insert=True)
    next_budget = Budget.objects.get(year=2010)
    row = {"cost_centre": account.programme.cost_centres.all()[index], "account": account, "amount": 1}
    next_budget.lines.create(**row)
    next_budget.plan_lines.create(years_ahead=1, **row)


def make_more_measured(index, target):
    """Make another indicator with a target that it measures, and another value of the first one."""
    group = target.ownership.group
    indicator = Indicator.objects.create(programme=group.programme, code=f"IND-X-{index}", unit="kpl")
    IndicatorOwnership.objects.create(indicator=indicator, group=group)
    measure_target(target, indicator.code)
    accepted_at = "2009-05-07T12:00:00+03:00"
    make_follow_up(target, period="2009-T1", indicator_value=index, accepted_at=accepted_at)
    make_value(indicator.code, period="2009-T1")
    make_value(municipality=Municipality.objects.all()[index].code)
    now, reason = clock.now(), "Lähde puuttuu."
    make_value(indicator.code, returned_at=now, returning_reason=reason)
    draft = AnnualTarget.objects.get(code=f"VT-2010-Z-{index}")
    measure_target(draft, indicator.code)
    indicator.measures.add(*group.priority.measures.all()[:1] if group.priority else [])
    the_indicator().measures.add(Measure.objects.order_by("code")[index])
    IndicatorTarget.objects.create(indicator=indicator, year=2009, value=index)
    the_indicator().targets.filter(year=2009).update(value=index)


def make_more_evaluated(index):
    """Make another round, another group in the one that has closed, and answers with comments to it."""
    if index == 0:
        make_evaluation("ARV-2008", year=2008, opens_on=datetime.date(2008, 11, 1))
        make_evaluation()
    days = {"opens_on": datetime.date(2008, 1, 1), "closes_on": datetime.date(2008, 2, 1)}
    make_evaluation(f"ARV-2008-{index}", year=2008, **days)
    told = Evaluation.objects.get(code="ARV-2008")
    Evaluation.objects.filter(pk=told.pk).update(closes_on="2009-09-30")
    group = WorkingGroup.objects.create(
        programme=told.programme, code=f"WG-X-{index}", name_fi="Alaryhmä", parent=the_group()
    )
    with pgtrigger.ignore("workgroups.EvaluationGroup:groups_of_an_answered_evaluation_stay"):
        told.groups.add(group)
    for code in ("WG-MR", group.code):
        for member in make_members(code, 5):
            give_answer(told, member, group=code, comments={"AKO-R1": "Hyvä."}, general="Kiitos.")
    close(told)
