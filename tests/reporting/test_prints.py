"""A work programme as a PDF: what it says, that it conforms, and that what was printed stays."""

import datetime
import io

import pikepdf
import pypdfium2
import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from programme import clock
from programme.models import Programme
from programme.text import day
from reporting import pdf, prints, rendering, tasks
from reporting.datasets import sha256_of
from reporting.models import PlanPrint
from tests.factories import make_amendment, make_meeting, make_plan, the_action
from tests.personas import client_of, person
from tests.verapdf import validate
from workgroups.amendments.deciding import decide_amendment
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import drafting

pytestmark = pytest.mark.django_db

ADDRESS = "/ako/workgroups/WG-MR/2009"


def the_plan(code="TO-2009-MR"):
    return WorkProgramme.objects.select_related("group__programme", "group__cost_centre").get(code=code)


def printed(plan, language="fi"):
    """Return a plan's print, made as the worker makes it."""
    prints.ask_for_print(plan, language)
    asked = PlanPrint.objects.get(work_programme=plan, language=language)
    rendering.make_print(asked.pk)
    return PlanPrint.objects.get(pk=asked.pk)


def text_of(made):
    with pypdfium2.PdfDocument(bytes(made.pdf)) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def in_one_line(text):
    return " ".join(text.split())


def jobs():
    return ProcrastinateJob.objects.filter(task_name="reporting.tasks.print_plan").count()


# --- What it says ----------------------------------------------------------------------------------------


def test_every_row_stands_on_wide_pages():
    plan = the_plan()
    made = printed(plan)
    text = in_one_line(text_of(made))
    assert {action.code for action in plan.actions.all() if action.code not in text} == set()
    with pikepdf.open(io.BytesIO(bytes(made.pdf))) as file:
        boxes = {tuple(round(float(side)) for side in page.mediabox) for page in file.pages}
        assert boxes == {(0, 0, 842, 595)}
        assert str(file.docinfo["/Title"]).startswith("Työohjelma 2009, ")
    assert "Yhteensä" in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_conforms_to_accessibility_and_archive(language):
    assert validate(bytes(printed(the_plan(), language).pdf)) == []


def test_a_draft_with_holes_conforms_too_and_is_marked_as_one():
    plan = make_plan(rows=1)
    drafting.add_action(plan, actor=person("office"))
    Action.objects.filter(code="TP-2010-MR-01").update(
        text="Kaavoitus → maapolitiikka\nja muu", milestones="3 luonnos\n6 valmis", output="<b>&"
    )
    made = printed(plan)
    assert validate(bytes(made.pdf)) == []
    assert made.content["watermarks"][0] == "LUONNOS"
    assert "Kaavoitus" in text_of(made)


def test_a_plan_without_rows_conforms_too():
    assert validate(bytes(printed(make_plan(rows=0)).pdf)) == []


def test_an_approved_plan_is_no_draft_and_a_sample_says_so():
    content = prints.content_of(the_plan(), "fi")
    assert content["watermarks"] == [Programme.objects.get().sample_watermark_fi]
    labels = [row["label"] for row in content["particulars"]]
    assert labels == [
        "Työohjelma",
        "Vaihe",
        "Hyväksytty",
        "Hallitus merkinnyt tiedoksi",
        "Suunniteltu",
        "Määräraha",
    ]


def test_a_line_that_was_amended_says_when():
    action = the_action()
    amendment = make_amendment(action, text="Uudet sanat.")
    meeting = make_meeting("KOK-99", body="BODY-WG-MR", held_on=clock.today())
    decide_amendment(amendment, actor=person("chair-mr"), accepted=True, meeting=meeting, number=99)
    made = printed(the_plan())
    [amended] = [row for row in made.content["rows"] if row["amended"]]
    assert (amended["code"], amended["amended"]) == (action.code, [f"muutettu {day(meeting.held_on)}"])
    assert f"muutettu {day(meeting.held_on)}" in in_one_line(text_of(made))
    assert validate(bytes(made.pdf)) == []


# --- Asked once, made once, and kept ---------------------------------------------------------------------


def test_it_is_asked_once_for_what_the_plan_says_and_anew_when_it_says_something_else():
    plan = make_plan(rows=1)
    for _time in range(2):
        prints.ask_for_print(plan, "fi")
    assert (plan.prints.count(), jobs()) == (1, 1)
    Action.objects.filter(code="TP-2010-MR-01").update(text="Toiset sanat")
    assert prints.print_of(plan, "fi") is None
    prints.ask_for_print(plan, "fi")
    assert (plan.prints.count(), jobs()) == (2, 2)


def test_it_goes_when_its_time_is_over_and_is_made_anew_for_whoever_asks():
    plan = make_plan(rows=1)
    for language, days in (("fi", 91), ("sv", 89)):
        prints.ask_for_print(plan, language)
        asked_at = clock.now() - datetime.timedelta(days=days)
        plan.prints.filter(language=language).update(asked_at=asked_at)
    tasks.remove_old_prints(timestamp=0)
    assert [made.language for made in plan.prints.all()] == ["sv"]
    prints.ask_for_print(plan, "fi")
    assert plan.prints.filter(language="fi", stage=PlanPrint.Stage.QUEUED).count() == 1


def test_what_is_printed_is_what_was_asked_for_whatever_the_plan_says_by_then():
    plan = make_plan(rows=1)
    prints.ask_for_print(plan, "fi")
    Action.objects.filter(code="TP-2010-MR-01").update(text="Toiset sanat")
    asked = PlanPrint.objects.get()
    rendering.make_print(asked.pk)
    asked.refresh_from_db()
    assert "Toimi 1" in text_of(asked)
    assert "Toiset sanat" not in text_of(asked)


def test_a_failure_is_told_and_begins_anew_when_asked():
    plan = make_plan(rows=1)
    content = prints.content_of(plan, "fi")
    asked = PlanPrint.objects.create(
        work_programme=plan,
        language="fi",
        content=content | {"page_title": ""},
        content_sha256=sha256_of(content),
        asked_at=clock.now(),
    )
    with pytest.raises(pdf.PdfError, match="title: none"):
        rendering.make_print(asked.pk)
    asked.refresh_from_db()
    assert (asked.stage, len(asked.error_id)) == (PlanPrint.Stage.FAILED, 8)
    page = client_of("coordinator-mr").get("/ako/workgroups/WG-MR/2010/pdf/").content.decode()
    assert asked.error_id in page
    prints.ask_for_print(plan, "fi")
    asked.refresh_from_db()
    assert (asked.stage, asked.error_id, jobs()) == (PlanPrint.Stage.QUEUED, "", 1)


def test_what_was_printed_stays_even_by_plain_sql():
    plan = make_plan(rows=1)
    prints.ask_for_print(plan, "fi")
    # The database goes by its own clock: what was asked for on the sample's day would be old.
    plan.prints.update(asked_at=timezone.now())
    made = plan.prints.get()
    rendering.make_print(made.pk)
    content = bytes(plan.prints.get().pdf)
    rendering.make_print(made.pk)
    for change in ({"pdf": b"x"}, {"stage": "queued"}, {"content": {}}):
        with pytest.raises(ProgrammingError, match="stays as it was"), transaction.atomic():
            PlanPrint.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(ProgrammingError, match="stays as it was"), transaction.atomic():
        made.delete()
    assert bytes(PlanPrint.objects.get().pdf) == content


# --- Its pages -------------------------------------------------------------------------------------------


def test_the_address_leads_to_the_asking_and_then_gives_the_stored_bytes():
    browser = client_of("auditor")
    assert browser.get(f"{ADDRESS}.pdf")["Location"] == f"{ADDRESS}/pdf/"
    assert browser.post(f"{ADDRESS}/pdf/make/")["Location"] == f"{ADDRESS}/pdf/"
    waiting = browser.get(f"{ADDRESS}/pdf/").content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    rendering.make_print(PlanPrint.objects.get().pk)
    made = PlanPrint.objects.get()
    answer = browser.get(f"{ADDRESS}.pdf")
    assert (answer["Content-Type"], answer["ETag"]) == ("application/pdf", f'"{made.sha256}"')
    assert answer.content == bytes(made.pdf)
    page = browser.get(f"{ADDRESS}/pdf/").content.decode()
    assert made.sha256 in page
    assert f'href="{ADDRESS}/pdf/"' in browser.get(f"{ADDRESS}/").content.decode()
