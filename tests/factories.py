"""Rows beside the sample's, with visible defaults."""

import datetime
from decimal import Decimal
from typing import Any

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile

from priorities.models import AnnualTarget, Indicator, IndicatorValue, Measure, MeasuredTarget
from programme import clock
from programme.attachments.checking import check
from programme.attachments.keeping import keep
from programme.models import (
    Audience,
    Body,
    BodySeat,
    Decision,
    DecisionTask,
    Matter,
    Meeting,
    MunicipalContact,
    Municipality,
    Network,
    NetworkYear,
    Post,
    PostHolding,
    Programme,
    ReportingPeriod,
    User,
)
from reporting.earlier import bringing_in
from reporting.models import EarlierReport, Report
from workgroups.amendments import deciding
from workgroups.amendments import lines as amendments_of_lines
from workgroups.models import (
    Action,
    Amendment,
    EvidenceFile,
    FollowUp,
    GroupReport,
    Membership,
    TargetOwnership,
    WorkingGroup,
    WorkProgramme,
)
from workgroups.models.amendments import Change
from workgroups.services import line_lookup

# A test may put rows into an approved plan, which the database otherwise refuses.
ROWS_OF_AN_APPROVED_PLAN = (
    "workgroups.Action:an_approved_plan_does_not_change_quietly",
    "workgroups.ActionTarget:targets_of_an_approved_action_stay",
)


def ako() -> Programme:
    return Programme.objects.get(slug="ako")


def the_period(code: str = "2009-T2") -> ReportingPeriod:
    return ReportingPeriod.objects.get(programme=ako(), code=code)


def the_target(code: str = "VT-2009-MR-2") -> AnnualTarget:
    return AnnualTarget.objects.get(programme=ako(), code=code)


def the_action(code: str = "TP-2009-MR-06") -> Action:
    return Action.objects.get(work_programme__group__programme=ako(), code=code)


def make_programme(slug: str = "oske") -> Programme:
    """Make a second programme beside the first, with nothing in it."""
    return Programme.objects.create(
        slug=slug,
        code=slug.upper(),
        short_name=slug.upper(),
        name_fi="Toinen ohjelma",
        owner_fi="Toinen kuntayhtymä",
        starts_on=datetime.date(2008, 1, 1),
        ends_on=datetime.date(2013, 12, 31),
    )


def make_person(name: str = "Testihenkilö", **fields: Any) -> User:
    fields = {"email": f"{name.replace(' ', '.')}@example.test".lower(), **fields}
    return User.objects.create_user(name=name, **fields)


def give_terms(person: User, **fields: Any) -> None:
    """Give a person a term of every kind, from the year's beginning on unless told otherwise."""
    term = {"user": person, "starts_on": datetime.date(2009, 1, 1)} | fields
    municipality = Municipality.objects.get(code="KUN-211")
    PostHolding.objects.create(post=Post.objects.get(programme=ako(), code="ROLE-SJ"), **term)
    board = Body.objects.get(programme=ako(), code="BODY-SH")
    BodySeat.objects.create(body=board, municipality=municipality, **term)
    MunicipalContact.objects.create(programme=ako(), municipality=municipality, **term)
    group = WorkingGroup.objects.get(programme=ako(), code="WG-MR")
    Membership.objects.create(group=group, role=Membership.Role.EXPERT, **term)


def make_target(code: str = "VT-2009-MR-91", *, group: str = "WG-MR", **fields: Any) -> AnnualTarget:
    """Make a target of a group, decided unless told otherwise, in a priority where its group has one.

    `networks` are the codes of those that it serves.
    """
    owner = WorkingGroup.objects.get(programme=ako(), code=group)
    made = {
        "programme": ako(),
        "code": code,
        "year": 2009,
        "order": 900,
        "name_fi": f"Kokeen tavoite {code}",
        "target_value": Decimal(1),
        "unit": "kpl",
        "due_on": datetime.date(2009, 12, 31),
        "no_cost": True,
    }
    state = fields.pop("state", AnnualTarget.State.DECIDED)
    networks = fields.pop("networks", [])
    target = AnnualTarget.objects.create(**(made | fields))
    TargetOwnership.objects.create(target=target, group=owner)
    measure = Measure.objects.filter(priority__programme=ako(), priority=owner.priority).first()
    if measure is not None:
        target.measures.add(measure)
        target.goals.set(measure.priority.goals.all()[:1])
    target.networks.set(Network.objects.filter(programme=ako(), code__in=networks))
    # Last of all: what a decided target serves no longer changes.
    target.state = state
    target.save(update_fields=["state"])
    return target


def make_action(code: str = "TP-2009-MR-91", *, target: AnnualTarget, **fields: Any) -> Action:
    """Make an action that carries out a target, in its group's approved work programme of the year."""
    made: dict[str, Any] = {
        "work_programme": WorkProgramme.objects.get(group=target.ownership.group, year=target.year),
        "code": code,
        "order": 900,
        "text": f"Kokeen toimenpide {code}",
        **_part_of(target),
        "start_month": 1,
        "end_month": 12,
        "responsible": Post.objects.get(programme=ako(), code="ROLE-KO-MR"),
        "planned_euros": Decimal(0),
        "no_cost": True,
    }
    made |= fields
    with pgtrigger.ignore(*ROWS_OF_AN_APPROVED_PLAN):
        action = Action.objects.create(**made)
        action.targets.add(target)
    return action


def back_to_draft(**of_plans: Any) -> None:
    """Make approved plans drafts again, which the database lets nobody else do."""
    with pgtrigger.ignore("workgroups.WorkProgramme:an_approved_plan_goes_on_and_never_back"):
        WorkProgramme.objects.filter(**of_plans).update(state=WorkProgramme.State.DRAFT)


def _part_of(target: AnnualTarget) -> dict[str, Any]:
    """Return what an action for a target carries out: its measure, or the first network where it has none."""
    measure = target.measures.first()
    if measure is not None:
        return {"measure": measure}
    return {"network": Network.objects.filter(programme=ako(), kind=Network.Kind.NETWORK).first()}


def make_follow_up(
    line: AnnualTarget | Action, *, period: str = "2009-T2", state: str = "approved", **fields: Any
) -> FollowUp:
    """Make what was said of a line in a period: on track, unless told otherwise."""
    is_target = isinstance(line, AnnualTarget)
    group = line.ownership.group if isinstance(line, AnnualTarget) else line.work_programme.group
    made = {
        "target": line if is_target else None,
        "action": None if is_target else line,
        "period": the_period(period),
        "group": group,
        "status": "on_track",
        "text": "Etenee suunnitellusti.",
        "state": state,
        "submitted_at": clock.now(),
        "accepted_at": clock.now() if state == FollowUp.State.APPROVED else None,
        "returning_reason": "Lisää mittari." if state == FollowUp.State.RETURNED else "",
    }
    return FollowUp.objects.create(**(made | fields))


def make_group_report(
    group: str = "WG-MR", *, period: str = "2009-T2", state: str = "submitted", **fields: Any
) -> GroupReport:
    """Make a group's report, submitted by WG-MR's coordinator unless told otherwise."""
    is_accepted = state == GroupReport.State.APPROVED
    made: dict[str, Any] = {
        "group": the_group(group),
        "period": the_period(period),
        "done": "Maankäyttösopimukset valmistuivat.",
        "hinders": "Kaavoittajia puuttuu.",
        "asked": "Seutuhallitukselta linjaus.",
        "state": state,
        "submitted_by": User.objects.get(persona="coordinator-mr"),
        "submitted_at": clock.now(),
        "accepted_by": User.objects.get(persona="chair-mr") if is_accepted else None,
        "accepted_at": clock.now() if is_accepted else None,
        "returning_reason": "Lisää pyynnöt." if state == GroupReport.State.RETURNED else "",
    }
    return GroupReport.objects.create(**(made | fields))


def make_body(code: str, *, replaces: str = "BODY-SH", **fields: Any) -> Body:
    """Make a body that replaces another, in force from 2010 on."""
    replaced = Body.objects.get(programme=ako(), code=replaces)
    made = {
        "programme": ako(),
        "code": code,
        "name_fi": f"Toimielin {code}",
        "replaces": replaced,
        "audience": replaced.audience,
        "valid_from": datetime.date(2010, 1, 1),
        "numbering": replaced.numbering,
        "document": replaced.document,
    }
    return Body.objects.create(**(made | fields))


def make_meeting(code: str, *, body: str = "BODY-SH", **fields: Any) -> Meeting:
    made = {
        "body": Body.objects.get(programme=ako(), code=body),
        "code": code,
        "number": code,
        "held_on": datetime.date(2009, 9, 30),
    }
    return Meeting.objects.create(**(made | fields))


def make_report(code: str = "RAP-2009-T2-SH", *, audience: str = "AUD-SH", **fields: Any) -> Report:
    """Make a report that the office has begun, of the open period to the regional board."""
    told_to = Audience.objects.get(programme=ako(), code=audience)
    made = {
        "programme": ako(),
        "period": the_period(),
        "audience": told_to,
        "code": code,
        "body": Body.objects.filter(programme=ako(), code="BODY-SH").first(),
        "depth": told_to.depth,
        "composed_at": clock.now(),
    }
    return Report.objects.create(**(made | fields))


def make_plan(group: str = "WG-MR", year: int = 2010, *, rows: int = 1, **fields: Any) -> WorkProgramme:
    """Make a group's work programme of a coming year, its rows without holes but for their targets."""
    owner = WorkingGroup.objects.get(programme=ako(), code=group)
    plan = WorkProgramme.objects.create(group=owner, year=year, code=f"TO-{year}-{group[-2:]}")
    target = make_target(f"VT-{year}-{group[-2:]}-1", group=group, year=year)
    for number in range(1, rows + 1):
        make_action(
            f"TP-{year}-{group[-2:]}-{number:02}",
            work_programme=plan,
            order=number,
            text=f"Toimi {number}",
            target=target,
        )
    if fields:
        WorkProgramme.objects.filter(pk=plan.pk).update(**fields)
        plan.refresh_from_db()
    return plan


def make_amendment(line: AnnualTarget | Action, *, by: str = "coordinator-mr", **cells: str) -> Amendment:
    """Propose that cells of a decided line change, its wording unless told otherwise."""
    stands = amendments_of_lines.cells_of(line)
    wording = "name_fi" if isinstance(line, AnnualTarget) else "text"
    changes = [
        Change(cell=cell, label=cell, old=stands[cell], new=new, old_shown=stands[cell], new_shown=new)
        for cell, new in (cells or {wording: "Uusi sanamuoto."}).items()
    ]
    writer = User.objects.get(persona=by)
    return deciding.propose_amendment(line, actor=writer, changes=changes, reason="Kunnat pyysivät.")


def the_group(code: str = "WG-MR") -> WorkingGroup:
    return WorkingGroup.objects.get(programme=ako(), code=code)


def the_indicator(code: str = "IND-MR-1") -> Indicator:
    return Indicator.objects.get(programme=ako(), code=code)


def make_value(
    indicator: str = "IND-MR-1", *, period: str = "2009-T2", municipality: str = "", **fields: Any
) -> IndicatorValue:
    """Make a value that the group's coordinator entered and nobody has accepted, unless told otherwise."""
    of = the_indicator(indicator)
    made: dict[str, Any] = {
        "indicator": of,
        "period": the_period(period),
        "municipality": Municipality.objects.get(code=municipality) if municipality else None,
        "value": Decimal("80.5"),
        "entered_at": clock.now(),
        "entered_by": User.objects.get(persona="coordinator-mr"),
    }
    return IndicatorValue.objects.create(**(made | fields))


def measure_target(target: AnnualTarget, indicator: str = "IND-MR-1") -> MeasuredTarget:
    """Let a target's follow-up tell the series of its year."""
    return MeasuredTarget.objects.create(target=target, indicator=the_indicator(indicator), year=target.year)


def the_network(code: str = "NET-A1") -> Network:
    return Network.objects.get(programme=ako(), code=code)


def make_network_told(code: str = "NET-A1", *years: int) -> Network:
    """Write what a network is about, and what was done in it in these years."""
    network = the_network(code)
    network.themes = "Kaupunkiseutujen rakenne"
    network.goals = "Yhteinen kannanotto"
    network.partners = "Turun kaupunkiseutu\nOulun kaupunkiseutu"
    network.save()
    for year in years:
        NetworkYear.objects.create(network=network, year=year, text=f"Vuonna {year} tavattiin neljästi.")
    return network


def make_membership(group: str = "WG-MR", **fields: Any) -> Membership:
    """Make a member's seat of a municipality, from the beginning of 2008 on."""
    made: dict[str, Any] = {
        "group": the_group(group),
        "municipality": Municipality.objects.get(code="KUN-211"),
        "role": Membership.Role.MEMBER,
        "starts_on": datetime.date(2008, 1, 1),
    }
    return Membership.objects.create(**(made | fields))


def make_task(group: str = "WG-MR", **fields: Any) -> DecisionTask:
    """Make a task from a decision of a group's meeting."""
    body = the_group(group).body
    assert body is not None
    number = Meeting.objects.filter(body=body).count() + 100
    meeting = make_meeting(f"{body.code}-{number}", body=body.code, held_on=datetime.date(2009, 3, 4))
    matter = Matter.objects.create(meeting=meeting, item=1, title="Seurannan tilanne")
    made: dict[str, Any] = {
        "decision": Decision.objects.create(matter=matter, text="Merkittiin tiedoksi."),
        "text": "Pyydetään kunnilta puuttuvat tiedot.",
        "responsible": Post.objects.get(programme=ako(), code="ROLE-KO-MR"),
        "due_on": datetime.date(2009, 10, 1),
    }
    if "verified_on" in fields:
        made["done_on"] = fields["verified_on"]
    return DecisionTask.objects.create(**(made | fields))


def a_pdf(text: str = "") -> bytes:
    """Make the smallest file whose end leads to a table of objects, and that to a catalogue."""
    objects = f"%PDF-1.4\n% {text}\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    place = len(objects.encode())
    return f"{objects}xref\n0 1\ntrailer\n<< /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n".encode()


def make_evidence(
    line: AnnualTarget | Action,
    *,
    state: str = FollowUp.State.APPROVED,
    content: bytes = a_pdf(),
    name: str = "todiste.pdf",
    secrecy_ground: str = "",
    **fields: Any,
) -> EvidenceFile:
    """Add a file to what is said of a line in the open period, which is then in this state."""
    said = FollowUp.objects.filter(period=the_period(), **line_lookup(line)).first()
    said = said or make_follow_up(line, state=FollowUp.State.SUBMITTED, **fields)
    checked = check(SimpleUploadedFile(name, content))
    writer = User.objects.get(persona="coordinator-mr")
    attachment = keep(checked, actor=writer, secrecy_ground=secrecy_ground)
    made = EvidenceFile.objects.create(follow_up=said, attachment=attachment)
    accepted_at = clock.now() if state == FollowUp.State.APPROVED else None
    reason = "Lisää mittari." if state == FollowUp.State.RETURNED else ""
    FollowUp.objects.filter(pk=said.pk).update(state=state, accepted_at=accepted_at, returning_reason=reason)
    return made


def make_earlier_report(content: bytes = a_pdf(), **fields: Any) -> EarlierReport:
    """Bring in a report that was presented to the regional board on 28.5.2008, unless told otherwise."""
    values = {
        "title": "Osavuosikatsaus 1.1.–30.4.2008",
        "language": "fi",
        "body": Body.objects.get(code="BODY-SH"),
        "presented_on": datetime.date(2008, 5, 28),
        "number": 41,
        "period": None,
        "file_name": "katsaus.pdf",
    }
    office = User.objects.get(persona="office")
    return bringing_in.bring_in(ako(), actor=office, content=content, values=values | fields)
