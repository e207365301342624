"""No text is lost: what cannot be handed over stays as its writer's draft, and is nobody else's."""

import datetime

import pytest

from programme import clock
from programme.models import ReportingPeriod
from reporting import tasks
from tests.factories import make_follow_up, the_action, the_period, the_target
from tests.personas import client_of, make_browser, person
from workgroups.drafts import KEPT_AFTER_CLOSING, purge_drafts, save_draft
from workgroups.models import FollowUp, FollowUpDraft

pytestmark = pytest.mark.django_db

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
WORDS = "Kesken jäänyt ajatus"
TYPED = {"status": "on_track", "text": WORDS, "version": "0"}


@pytest.fixture
def coordinator():
    return client_of("coordinator-mr")


def close_the_round():
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-08T16:00:00+03:00")


def open_the_round():
    ReportingPeriod.objects.filter(code="2009-T2").update(closes_at="2009-09-11T16:00:00+03:00")


def the_draft():
    return FollowUpDraft.objects.get(user=person("coordinator-mr"), target=the_target())


def text_in(response):
    return response.context["form"]["text"].value()


# --- What the browser hears ------------------------------------------------------------------------------


def test_a_page_that_saves_by_itself_hears_when_and_nothing_else(coordinator):
    answer = coordinator.post(f"{FORM}draft/", TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'data-saved-at="{the_draft().stamp}"' in answer.text
    assert coordinator.get(FORM).context["form"]["drafted"].value() == the_draft().stamp
    assert "Luonnos tallennettu klo\u00a0" in answer.text
    assert WORDS not in answer.text
    assert coordinator.get(FORM).context["messages"]._queued_messages == []


def test_the_form_names_the_text_in_the_browser_by_person_line_and_period(coordinator):
    name = f"draft:{person('coordinator-mr').pk}:VT-2009-MR-2:2009-T2"
    assert f'data-draft-key="{name}"' in coordinator.get(FORM).text
    done = coordinator.post(FORM, TYPED, follow=True)
    assert f'data-received="{name}"' in done.text


def test_a_form_with_fewer_fields_leaves_the_other_words(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED | {"effect": "Kaavoitus myöhästyy."})
    fewer = {"text": "Kokouksessa kirjoitettu", "version": "0", "drafted": the_draft().stamp}
    coordinator.post(f"{FORM}draft/", fewer)
    assert the_draft().typed == {
        "status": "on_track",
        "text": "Kokouksessa kirjoitettu",
        "effect": "Kaavoitus myöhästyy.",
    }


# --- What cannot be handed over --------------------------------------------------------------------------


def test_what_is_refused_stays_as_a_draft(coordinator):
    refused = coordinator.post(FORM, {"status": "delayed", "text": WORDS, "version": "0"})
    assert refused.status_code == 422
    assert "data-draft-shown" in refused.text
    assert text_in(coordinator.get(FORM)) == WORDS


def test_what_met_another_text_stays_as_a_draft_that_builds_on_it(coordinator):
    make_follow_up(the_target(), state="submitted", text="Toisen sanat.")
    assert coordinator.post(FORM, TYPED).status_code == 409
    form = coordinator.get(FORM).context["form"]
    assert (form["text"].value(), form["version"].value()) == (WORDS, 1)


@pytest.mark.parametrize("rest", ["", "draft/"])
def test_what_is_sent_after_the_round_closed_comes_back_when_it_is_open_again(coordinator, rest):
    close_the_round()
    answer = coordinator.post(f"{FORM}{rest}", TYPED, follow=True)
    assert answer.status_code == 403
    assert WORDS in answer.text
    assert "Tilanne" in answer.text
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()
    assert WORDS in coordinator.get(FORM).text
    assert "VT-2009-MR-2/follow-up/2009-T2/" in coordinator.get("/desk/").text
    open_the_round()
    assert text_in(coordinator.get(FORM)) == WORDS


def test_what_is_sent_after_the_chair_accepted_is_shown_and_kept(coordinator):
    make_follow_up(the_target(), state="approved")
    answer = coordinator.post(FORM, TYPED | {"version": "1"})
    assert (answer.status_code, WORDS in answer.text) == (403, True)
    assert the_draft().typed["text"] == WORDS


def test_nothing_typed_keeps_nothing(coordinator):
    close_the_round()
    assert coordinator.post(FORM, {"version": "0"}).status_code == 403
    assert not FollowUpDraft.objects.exists()


def test_what_is_sent_after_the_session_ended_is_given_back_and_told_to_no_one_else():
    answer = make_browser().post(FORM, TYPED)
    assert (answer.status_code, WORDS in answer.text) == (401, True)
    assert f"?next={FORM}" in answer.text
    assert not FollowUpDraft.objects.exists()


# --- Twice -----------------------------------------------------------------------------------------------


def test_the_same_words_sent_twice_are_stored_once(coordinator):
    first, second = (coordinator.post(FORM, TYPED) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert (said.version, said.text) == (1, WORDS)


def test_other_words_on_the_same_version_are_a_conflict_with_oneself(coordinator):
    coordinator.post(FORM, TYPED)
    assert coordinator.post(FORM, TYPED | {"text": "Toinen ajatus"}).status_code == 409


# --- On two pages or machines ----------------------------------------------------------------------------


def test_an_older_page_of_the_same_writer_takes_nothing_from_a_newer_one(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    older = TYPED | {"text": "Vanha sivu", "drafted": ""}
    answer = coordinator.post(f"{FORM}draft/", older, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.json()) == (
        409,
        {
            "typed": {"status": "on_track", "text": WORDS},
            "stamp": the_draft().stamp,
            "version": 0,
        },
    )
    assert the_draft().typed["text"] == WORDS


def test_without_scripts_both_texts_are_shown_and_the_next_save_chooses(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    page = coordinator.post(f"{FORM}draft/", TYPED | {"text": "Vanha sivu"})
    assert (page.status_code, WORDS in page.text, text_in(page)) == (409, True, "Vanha sivu")
    drafted = page.context["form"]["drafted"].value()
    coordinator.post(f"{FORM}draft/", TYPED | {"text": "Vanha sivu", "drafted": drafted})
    assert the_draft().typed["text"] == "Vanha sivu"


def test_what_is_submitted_from_an_older_page_leaves_the_newer_draft(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    coordinator.post(FORM, TYPED | {"text": "Vanha sivu"})
    assert FollowUp.objects.get(target=the_target(), period=the_period()).text == "Vanha sivu"
    assert the_draft().typed["text"] == WORDS
    answer = coordinator.post(FORM, TYPED | {"drafted": the_draft().stamp})
    assert (answer.status_code, "Vanha sivu" in answer.text) == (409, True)


def test_what_is_submitted_takes_the_draft_that_it_grew_from(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    coordinator.post(FORM, TYPED | {"drafted": the_draft().stamp})
    assert not FollowUpDraft.objects.exists()


def test_what_is_refused_from_an_older_page_is_shown_and_the_newer_draft_stays(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    close_the_round()
    answer = coordinator.post(FORM, TYPED | {"text": "Vanha sivu"})
    assert (answer.status_code, "Vanha sivu" in answer.text) == (403, True)
    assert "tallessa" not in answer.text
    assert the_draft().typed["text"] == WORDS


def test_a_draft_is_discarded_by_its_writer(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    page = coordinator.post(f"{FORM}draft/", TYPED | {"discard": "yes"}, follow=True)
    assert "data-received" in page.text
    assert text_in(page) == ""
    assert not FollowUpDraft.objects.exists()


# --- No change -------------------------------------------------------------------------------------------


def test_a_draft_of_a_closed_round_says_that_it_is_closed(coordinator):
    close_the_round()
    for address, typed in (
        (FORM, {"text": "Kesken"}),
        ("/ako/workgroups/WG-MR/report/2009-T2/", {"done": "Kesken"}),
    ):
        response = coordinator.post(
            f"{address}draft/", typed | {"version": "0"}, headers={"HX-Request": "true"}
        )
        told = response.content.decode()
        assert "Luonnos tallennettu" in told
        assert "Kierros on sulkeutunut" in told


def test_who_is_writing_something_else_does_not_confirm(coordinator):
    assert coordinator.get(FORM).context["here"].may_be_confirmed
    coordinator.post(f"{FORM}draft/", TYPED)
    assert not coordinator.get(FORM).context["here"].may_be_confirmed
    coordinator.post(f"{FORM}confirm/")
    assert not FollowUp.objects.filter(target=the_target(), period=the_period()).exists()
    assert the_draft().typed["text"] == WORDS


# --- Whose it is -----------------------------------------------------------------------------------------


def test_another_who_writes_of_the_line_hears_that_somebody_does_and_not_what():
    save_draft(the_target(), the_period(), actor=person("office"), typed={"text": WORDS}, base_version=0)
    page = client_of("coordinator-mr").get(FORM).text
    assert "kirjoittaa myös tästä rivistä" in page
    assert WORDS not in page
    FollowUpDraft.objects.update(saved_at=clock.now() - datetime.timedelta(minutes=11))
    assert "kirjoittaa myös tästä rivistä" not in client_of("coordinator-mr").get(FORM).text


def test_another_groups_people_neither_write_nor_see_drafts(coordinator):
    coordinator.post(f"{FORM}draft/", TYPED)
    stranger = client_of("coordinator-hp")
    assert stranger.post(f"{FORM}draft/", {"text": "Vieras", "version": "0"}).status_code == 403
    assert WORDS not in stranger.get("/desk/").text
    assert the_draft().typed["text"] == WORDS


# --- How long --------------------------------------------------------------------------------------------


def test_drafts_go_ninety_days_after_their_round_has_closed():
    for line, code in ((the_target(), "2009-T2"), (the_action("TP-2009-MR-06"), "2009-T1")):
        save_draft(
            line, the_period(code), actor=person("coordinator-mr"), typed={"text": WORDS}, base_version=0
        )
    first = ReportingPeriod.objects.filter(code="2009-T1")
    first.update(closes_at=clock.now() - KEPT_AFTER_CLOSING + datetime.timedelta(hours=1))
    assert purge_drafts() == 0
    first.update(closes_at=clock.now() - KEPT_AFTER_CLOSING - datetime.timedelta(hours=1))
    tasks.purge_drafts(0)
    assert FollowUpDraft.objects.get().period.code == "2009-T2"


def test_a_reopened_round_keeps_its_drafts_from_its_last_closing():
    save_draft(
        the_target(),
        the_period("2009-T1"),
        actor=person("coordinator-mr"),
        typed={"text": WORDS},
        base_version=0,
    )
    assert the_period("2009-T1").closes_at < clock.now() - KEPT_AFTER_CLOSING
    ReportingPeriod.objects.filter(code="2009-T1").update(
        reopened_until=clock.now(), reopening_reason="Lausunnot myöhästyivät."
    )
    assert purge_drafts() == 0
