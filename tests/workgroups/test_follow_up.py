"""The three-minute update: what a coordinator says, what is demanded, what is kept and what is refused."""

import pghistory.models
import pytest
from django.db import IntegrityError, transaction

from programme import clock
from programme.models import Post, ReportingPeriod
from tests.factories import make_follow_up, the_action, the_period, the_target
from tests.personas import client_of, person
from workgroups.models import FollowUp, FollowUpDraft

pytestmark = pytest.mark.django_db

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
ACTION_FORM = "/ako/actions/TP-2009-MR-06/follow-up/2009-T2/"
DELAYED = {
    "status": "delayed",
    "text": "Kustannusarviot puuttuvat.",
    "reason": "Lausuntokierros sitoi suunnittelijat.",
    "corrective_action": "Kunnat toimittavat arviot marraskuussa.",
    "version": "0",
}


@pytest.fixture
def coordinator():
    return client_of("coordinator-mr")


def errors_of(response):
    return {
        name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()
    }


def test_status_and_text_are_enough_and_stand_submitted(coordinator):
    response = coordinator.post(FORM, {"status": "on_track", "text": "Etenee.", "version": "0"})
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert response.status_code == 302
    assert (said.status, said.text, said.state, said.version, said.origin) == (
        "on_track",
        "Etenee.",
        "submitted",
        1,
        "portal",
    )
    assert (said.group.code, said.submitted_by, said.accepted_at, said.accepted_by) == (
        "WG-MR",
        person("coordinator-mr"),
        None,
        None,
    )
    assert clock.day_of(said.submitted_at).isoformat() == "2009-09-09"


def test_an_update_leads_to_the_next_line_without_an_answer_and_the_last_one_to_the_desk(coordinator):
    seen, address = [], FORM
    while address != "/desk/":
        seen.append(address)
        address = coordinator.post(address, {"status": "on_track", "text": "Etenee.", "version": "0"})[
            "Location"
        ]
    assert len(seen) == len(set(seen)) == 11
    assert FollowUp.objects.filter(group__code="WG-MR", period=the_period(), state="submitted").count() == 11


def test_the_trail_tells_who_and_in_which_request(coordinator):
    coordinator.post(FORM, {"status": "on_track", "text": "Etenee.", "version": "0"})
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    [event] = pghistory.models.Events.objects.tracks(said)
    assert event.pgh_label == "insert"
    assert event.pgh_context.keys() == {"user", "url", "request_id"}
    assert event.pgh_context["user"] == person("coordinator-mr").pk
    assert event.pgh_context["url"] == FORM
    assert len(event.pgh_context["request_id"]) == 36


def test_each_earlier_wording_stays_in_the_trail(coordinator):
    coordinator.post(FORM, {"status": "on_track", "text": "Ensin näin.", "version": "0"})
    coordinator.post(FORM, {"status": "on_track", "text": "Sitten näin.", "version": "1"})
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    events = pghistory.models.Events.objects.tracks(said).order_by("pgh_created_at", "pk")
    assert [(event.pgh_label, event.pgh_data["text"]) for event in events] == [
        ("insert", "Ensin näin."),
        ("update", "Sitten näin."),
    ]
    assert said.version == 2


def test_a_refused_form_leaves_nothing(coordinator):
    response = coordinator.post(FORM, {"status": "", "text": "", "version": "0"})
    assert response.status_code == 422
    assert set(errors_of(response)) == {"status", "text"}
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()


# --- What a status demands -------------------------------------------------------------------------------


def test_a_delay_needs_text_reason_and_corrective_action_and_nothing_more(coordinator):
    assert coordinator.post(FORM, DELAYED).status_code == 302
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert (said.reason, said.corrective_action, said.effect, said.new_due_on, said.evidence) == (
        DELAYED["reason"],
        DELAYED["corrective_action"],
        "",
        None,
        "",
    )


@pytest.mark.parametrize("status", ["delayed", "will_not_be_achieved"])
@pytest.mark.parametrize("missing", ["text", "reason", "corrective_action"])
@pytest.mark.parametrize("address", [FORM, ACTION_FORM])
def test_a_deviation_without_one_of_them_is_refused_and_keeps_the_rest(coordinator, status, missing, address):
    response = coordinator.post(address, DELAYED | {"status": status, missing: " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert set(errors_of(response)) == {missing}
    kept = [name for name in ("text", "reason", "corrective_action") if name != missing]
    assert [name for name in kept if DELAYED[name] not in page] == []
    assert response.context["form"]["status"].value() == status


def test_an_achievement_needs_evidence(coordinator):
    achieved = {"status": "achieved", "text": "Valmis.", "version": "0"}
    assert set(errors_of(coordinator.post(FORM, achieved))) == {"evidence"}
    [short] = errors_of(coordinator.post(FORM, achieved | {"evidence": "x"}))["evidence"]
    assert "vähintään 10 merkkiä" in short
    assert coordinator.post(FORM, achieved | {"evidence": "Työryhmä 3.9.2009, 5 §"}).status_code == 302


def test_an_action_on_track_needs_no_text_but_a_target_does(coordinator):
    assert coordinator.post(ACTION_FORM, {"status": "on_track", "version": "0"}).status_code == 302
    assert set(errors_of(coordinator.post(FORM, {"status": "on_track", "version": "0"}))) == {"text"}


def test_a_text_longer_than_the_report_holds_is_refused(coordinator):
    response = coordinator.post(FORM, {"status": "on_track", "text": "x" * 401, "version": "0"})
    assert set(errors_of(response)) == {"text"}


def test_a_field_under_a_rule_is_in_no_form(coordinator):
    coordinator.post(
        FORM,
        {"status": "on_track", "text": "Etenee.", "version": "0", "state": "approved", "origin": "imported"},
    )
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert (said.state, said.origin) == ("submitted", "portal")


def refused_by(name, **fields):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make_follow_up(the_target(), **fields)
    assert f'"{name}"' in str(refusal.value)


def test_the_database_refuses_what_the_form_refuses():
    for status in ("delayed", "will_not_be_achieved"):
        for missing in ("text", "reason", "corrective_action"):
            said = {"text": "a", "reason": "b", "corrective_action": "c"} | {missing: ""}
            refused_by("a_deviation_has_text_reason_and_corrective_action", status=status, **said)
    refused_by("an_achievement_has_evidence_or_a_decision", status="achieved")
    refused_by(
        "a_deviation_is_never_confirmed_unchanged",
        status="delayed",
        reason="b",
        corrective_action="c",
        confirmed_unchanged=True,
    )
    refused_by("returning_a_follow_up_has_a_reason", state="returned", returning_reason="")
    refused_by("an_approved_follow_up_says_when", state="approved", accepted_at=None)
    refused_by("a_follow_up_is_of_one_line", target=None)
    refused_by("a_follow_up_is_of_one_line", action=the_action())


def test_the_database_refuses_a_second_follow_up_of_a_line_in_a_period():
    make_follow_up(the_target())
    refused_by("one_follow_up_per_target_and_period")


def test_rows_loaded_from_a_file_may_lack_what_the_portal_demands():
    said = make_follow_up(the_target(), status="delayed", text="", origin="imported")
    assert said.pk is not None


# --- The round -------------------------------------------------------------------------------------------


def test_nothing_is_written_to_a_closed_period(coordinator):
    assert coordinator.post(FORM.replace("2009-T2", "2009-T1"), DELAYED).status_code == 403
    before = FollowUp.objects.get(target=the_target(), period=the_period("2009-T1"))
    assert before.status == "not_started"


def test_the_round_closes_at_its_moment(coordinator):
    period = ReportingPeriod.objects.filter(code="2009-T2")
    period.update(closes_at="2009-09-08T16:00:00+03:00")
    assert coordinator.get(FORM).status_code == 403
    period.update(reopened_until="2009-09-10T16:00:00+03:00", reopening_reason="Lausunnot myöhästyivät.")
    assert coordinator.get(FORM).status_code == 200


def test_what_is_closed_or_accepted_is_no_matter_of_rights(coordinator):
    make_follow_up(the_target())
    accepted = coordinator.get(FORM)
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-02T16:00:00+03:00")
    closed = coordinator.post(ACTION_FORM, {"status": "on_track", "text": "Etenee.", "version": "0"})
    for refused in (accepted, closed):
        assert (refused.status_code, refused.context["asks"]) == (403, False)
        assert "Tätä ei voi nyt tehdä" in refused.content.decode()


def test_a_draft_is_opened_beside_what_another_has_submitted_meanwhile(coordinator):
    coordinator.post(f"{FORM}draft/", {"text": "Omani", "version": "0"})
    make_follow_up(
        the_target(),
        state="submitted",
        status="not_started",
        text="Toisen teksti",
        submitted_by=person("chair-mr"),
    )
    page = coordinator.get(FORM).content.decode()
    assert "Omani" in page
    standing = page.partition("Näin rivistä on nyt sanottu")
    assert "Ei alkanut" in standing[0][-400:]
    assert "Toisen teksti" in standing[2]


# --- Two people at once ----------------------------------------------------------------------------------


def test_a_stale_version_shows_both_texts_and_changes_nothing(coordinator):
    coordinator.post(FORM, {"status": "on_track", "text": "Toisen sanat.", "version": "0"})
    response = coordinator.post(FORM, {"status": "not_started", "text": "Omat sanat.", "version": "0"})
    assert response.status_code == 409
    assert [(yours, saved) for _label, yours, saved in response.context["differing"]] == [
        ("Ei alkanut", "Etenee suunnitellusti"),
        ("Omat sanat.", "Toisen sanat."),
    ]
    assert FollowUp.objects.get(target=the_target(), period=the_period()).text == "Toisen sanat."
    form = response.context["form"]
    assert (form["text"].value(), form["version"].value()) == ("Omat sanat.", "1")


def test_after_a_conflict_the_form_can_be_submitted_again(coordinator):
    coordinator.post(FORM, {"status": "on_track", "text": "Toisen sanat.", "version": "0"})
    conflict = coordinator.post(FORM, {"status": "on_track", "text": "Omat sanat.", "version": "0"})
    typed = {"status": "on_track", "text": "Yhdessä.", "version": conflict.context["form"]["version"].value()}
    assert coordinator.post(FORM, typed).status_code == 302
    assert FollowUp.objects.get(target=the_target(), period=the_period()).text == "Yhdessä."


def test_a_follow_up_that_vanished_is_a_conflict_too(coordinator):
    response = coordinator.post(FORM, {"status": "on_track", "text": "Omat sanat.", "version": "3"})
    assert response.status_code == 409
    assert response.context["form"]["version"].value() == "0"


# --- The form's help ----------------------------------------------------------------------------------------


def test_each_status_has_its_criterion_beside_the_form(coordinator):
    page = coordinator.get(FORM)
    assert len(page.context["form"].criteria) == 5
    for _label, criterion in page.context["form"].criteria:
        assert str(criterion) in page.text


def test_a_new_responsible_and_a_forecast_are_kept_and_shown(coordinator):
    post = Post.objects.get(code="ROLE-SJ")
    coordinator.post(FORM, DELAYED | {"new_responsible": post.pk, "forecast": "14 000"})
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert (said.new_responsible, said.forecast) == (post, 14000)
    for page in (
        client_of("chair-mr").get("/approvals/").text,
        coordinator.get("/ako/targets/VT-2009-MR-2/").text,
    ):
        assert "seutujohtaja" in page
        assert "14\u00a0000\u00a0€" in page


def test_the_lines_before_and_after_are_one_step_away(coordinator):
    page = coordinator.get(FORM)
    order = [row.line.code for row in coordinator.get("/desk/").context["desk"].lines]
    here = order.index("VT-2009-MR-2")
    assert page.context["previous"].line.code == order[here - 1]
    assert page.context["next"].line.code == order[here + 1]
    first = coordinator.get(f"/ako/actions/{order[0]}/follow-up/2009-T2/")
    assert (first.status_code, first.context["previous"]) == (200, None)


# --- Drafts ----------------------------------------------------------------------------------------------


def test_a_draft_is_kept_for_its_writer_alone(coordinator):
    typed = {"status": "delayed", "text": "Kesken jäänyt ajatus", "version": "0"}
    coordinator.post(f"{FORM}draft/", typed)
    assert "Kesken jäänyt ajatus" in coordinator.get(FORM).content.decode()
    addresses = ["/desk/", "/ako/targets/VT-2009-MR-2/", "/ako/dashboard/"]
    for persona in ("chair-mr", "member-mr", "office", "presenter", "auditor", "admin"):
        client = client_of(persona)
        pages = [client.get(address).content.decode() for address in addresses]
        assert [page for page in pages if "Kesken jäänyt ajatus" in page] == []
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()


def test_a_draft_is_one_and_goes_when_it_is_submitted(coordinator):
    drafted = ""
    for text in ("Ensin", "Sitten"):
        coordinator.post(f"{FORM}draft/", {"text": text, "version": "0", "drafted": drafted})
        drafted = coordinator.get(FORM).context["form"]["drafted"].value()
    [draft] = FollowUpDraft.objects.all()
    assert (draft.typed, draft.base_version, draft.user) == ({"text": "Sitten"}, 0, person("coordinator-mr"))
    coordinator.post(FORM, {"status": "on_track", "text": "Sana.", "version": "0", "drafted": drafted})
    assert not FollowUpDraft.objects.exists()


def test_a_draft_begun_before_another_saved_meets_the_conflict(coordinator):
    coordinator.post(f"{FORM}draft/", {"text": "Luonnos", "status": "on_track", "version": "0"})
    make_follow_up(the_target(), state="submitted", text="Toisen sanat.")
    form = coordinator.get(FORM).context["form"]
    typed = {"status": "on_track", "text": form["text"].value(), "version": form["version"].value()}
    assert coordinator.post(FORM, typed).status_code == 409


BEFORE = "Ohjelman laadinta alkaa toukokuussa."


@pytest.mark.parametrize(
    ("typed", "status", "text"),
    [
        ({}, "not_started", BEFORE),
        ({"status": "on_track", "text": "  "}, "on_track", BEFORE),
        ({"status": "", "text": "Luonnos on valmis."}, "not_started", f"Luonnos on valmis.\n{BEFORE}"),
        ({"text": f"Yhä: {BEFORE}"}, "not_started", f"Yhä: {BEFORE}"),
    ],
    ids=["nothing typed", "status chosen", "text typed", "copied already"],
)
def test_what_was_said_before_is_added_to_what_was_typed(coordinator, typed, status, text):
    response = coordinator.post(f"{FORM}draft/", typed | {"version": "0", "base": "previous"}, follow=True)
    form = response.context["form"]
    assert (form["status"].value(), form["text"].value()) == (status, text)


def test_what_was_never_said_adds_nothing(coordinator):
    FollowUp.objects.filter(target=the_target()).delete()
    coordinator.post(f"{FORM}draft/", {"text": "Kesken", "version": "0", "base": "previous"})
    assert FollowUpDraft.objects.get().typed == {"text": "Kesken"}


def test_the_desk_shows_what_is_confirmed(coordinator):
    page = coordinator.get("/desk/").content.decode()
    dialog = page.split('<dialog id="confirm-VT-2009-MR-2"', 1)[1].split("</dialog>", 1)[0]
    assert BEFORE in dialog
    assert "tilanne 31.8.2009 on sama" in dialog
    assert f'action="{FORM}confirm/"' in dialog
