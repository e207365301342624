"""Evidence of a follow-up that is a decision; and evidence in a meeting."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme import clock
from programme.models import Meeting, Post
from tests.factories import a_pdf, ako, make_amendment, make_task, the_action, the_period, the_target
from tests.personas import client_of, person
from workgroups.forms import FollowUpForm
from workgroups.models import Amendment, FollowUp

pytestmark = pytest.mark.django_db

LINE = "/ako/targets/VT-2009-MR-2/"
FORM = f"{LINE}follow-up/2009-T2/"
ACHIEVED = {"status": "achieved", "text": "Valmis.", "version": "0"}


@pytest.fixture
def coordinator():
    return client_of("coordinator-mr")


def said():
    return FollowUp.objects.get(target=the_target(), period=the_period())


def another_groups_task(**fields):
    """Return a task that concerns nobody here, unless its fields say otherwise."""
    responsible = Post.objects.get(programme=ako(), code="ROLE-KO-HP")
    return make_task("WG-HP", **({"responsible": responsible} | fields))


def decisions_offered(client, form=FORM):
    return {str(value): label for value, label in client.get(form).context["form"].fields["decision"].choices}


def test_what_was_decided_about_the_line_or_by_its_group_is_offered(coordinator):
    own, other = make_task("WG-MR").decision, another_groups_task().decision
    offered = decisions_offered(coordinator)
    assert str(own.pk) in offered
    assert str(the_target().decision_id) in offered
    assert str(other.pk) not in offered
    assert offered[str(own.pk)].endswith(" 4.3.2009, asiakohta 1: Seurannan tilanne")


def test_a_decision_to_come_is_not_offered(coordinator):
    task = make_task("WG-MR")
    Meeting.objects.filter(pk=task.decision.matter.meeting_id).update(held_on="2009-09-10")
    assert str(task.decision_id) not in decisions_offered(coordinator)


def test_a_task_of_the_lines_responsible_brings_its_decision(coordinator):
    task = another_groups_task(responsible=the_target().responsible)
    assert str(task.decision_id) in decisions_offered(coordinator)


def test_what_approved_and_noted_the_plan_of_an_action_is_offered(coordinator):
    plan = the_action().work_programme
    decided = {str(pk) for pk in (plan.approval_id, plan.noting_id) if pk}
    assert decided
    assert decided <= set(decisions_offered(coordinator, "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"))


def test_what_amended_the_line_is_offered(coordinator):
    decision = another_groups_task().decision
    proposed = make_amendment(the_target("VT-2009-MR-1"))
    Amendment.objects.filter(pk=proposed.pk).update(
        state="accepted", decided_at=clock.now(), decided_by=person("presenter"), decision=decision
    )
    assert str(decision.pk) in decisions_offered(coordinator, FORM.replace("MR-2", "MR-1"))
    assert str(decision.pk) not in decisions_offered(coordinator)


def test_a_chosen_decision_is_enough_and_is_shown(coordinator):
    decision = make_task("WG-MR").decision
    assert coordinator.post(FORM, ACHIEVED | {"decision": str(decision.pk)}).status_code == 302
    assert (said().decision, said().evidence, said().evidence_files) == (decision, "", 0)
    address = f'href="{decision.get_absolute_url()}"'
    assert address in coordinator.get(LINE).content.decode()
    chair = client_of("chair-mr")
    assert address in chair.get("/approvals/").content.decode()
    meeting = chair.get("/ako/workgroups/WG-MR/meeting/2009-T2/?line=VT-2009-MR-2")
    assert address in meeting.content.decode()


def test_another_groups_decision_is_refused(coordinator):
    decision = another_groups_task().decision
    response = coordinator.post(FORM, ACHIEVED | {"decision": str(decision.pk)})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"decision", "evidence"}


def test_a_chosen_decision_is_kept_in_the_draft_and_told_by_its_name(coordinator):
    decision = make_task("WG-MR").decision
    coordinator.post(f"{FORM}draft/", {"text": "Kesken", "version": "0", "decision": str(decision.pk)})
    form = coordinator.get(FORM).context["form"]
    assert str(form["decision"].value()) == str(decision.pk)
    assert ("Todisteena päätös", form.fields["decision"].label_from_instance(decision)) in FollowUpForm.told(
        {"decision": str(decision.pk)}
    )


# --- In a meeting ------------------------------------------------------------------------------------------

MEETING = "/ako/workgroups/WG-MR/meeting/2009-T2/?line=VT-2009-MR-2"


def test_a_meeting_demands_takes_and_shows_evidence(coordinator):
    page = coordinator.get(MEETING).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'name="attachments"' in page
    refused = coordinator.post(f"{FORM}?to=meeting", ACHIEVED)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"evidence"})
    drafted = refused.context["form"].data["drafted"]
    sent = ACHIEVED | {"attachments": [SimpleUploadedFile("kokous.pdf", a_pdf())], "drafted": drafted}
    assert coordinator.post(f"{FORM}?to=meeting", sent).headers["Location"] == MEETING
    assert [file.attachment.name for file in said().files.all()] == ["kokous.pdf"]
    for client in (coordinator, client_of("chair-mr")):
        assert "kokous.pdf" in client.get(MEETING).content.decode()
