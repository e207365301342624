"""What an amended plan was before: kept whole, compared by what it says and not by what things are called."""

import datetime

import pytest

from programme.models import CostCentre, Post
from tests.factories import make_amendment, make_meeting, the_action
from tests.personas import client_of, person
from workgroups.amendments import deciding
from workgroups.models import WorkProgramme
from workgroups.work_programmes.versions import compare, content_of

pytestmark = pytest.mark.django_db

PLAN, ACTION = "/ako/workgroups/WG-MR/2009/", "TP-2009-MR-06"


def the_plan():
    return WorkProgramme.objects.get(group__code="WG-MR", year=2009)


def amend(number, **changed):
    deciding.decide_amendment(
        make_amendment(the_action(ACTION), **changed),
        actor=person("chair-mr"),
        accepted=True,
        meeting=make_meeting(f"KOK-{number}", body="BODY-WG-MR", held_on=datetime.date(2009, 9, 9)),
        number=number,
        text="Hyväksyttiin.",
    )


def test_the_first_amendment_of_a_plan_that_was_loaded_can_be_compared():
    before = the_action(ACTION).output
    assert not the_plan().versions.exists()
    amend(80, output="Uusi tuotos")
    standing, amended = the_plan().versions.all()
    assert (standing.number, standing.occasion) == (1, "standing")
    [difference] = compare(standing.rows, amended.rows)
    assert [(cell.name, cell.before, cell.after) for cell in difference.cells] == [
        ("output", before, "Uusi tuotos")
    ]
    page = client_of("member-mr").get(f"{PLAN}versions/?a=1&b=2").text
    assert "sellaisena kuin se oli ennen ensimmäistä muutosta" in page
    assert "Uusi tuotos" in page


def test_what_stood_is_kept_once():
    amend(80, output="Uusi tuotos")
    amend(81, output="Toinen tuotos")
    occasions = [version.occasion for version in the_plan().versions.all()]
    assert occasions == ["standing", "amended", "amended"]


def test_what_is_renamed_changes_no_plan():
    amend(80, output="Uusi tuotos")
    kept = the_plan().versions.last()
    action = the_action(ACTION)
    Post.objects.filter(pk=action.responsible_id).update(name_fi="Uusi nimike")
    CostCentre.objects.filter(pk=action.cost_centre_id).update(name_fi="Uusi kustannuspaikka")
    action.part.__class__.objects.filter(pk=action.part.pk).update(text_fi="Uusi sanamuoto")
    assert compare(kept.rows, content_of(the_plan())) == []
    page = client_of("member-mr").get(f"{PLAN}versions/?a={kept.number}&b=now")
    assert page.context["differences"] == []


def test_another_post_is_a_change_and_reads_as_words():
    amend(80, output="Uusi tuotos")
    kept = the_plan().versions.last()
    other = Post.objects.exclude(pk=the_action(ACTION).responsible_id).first()
    amend(81, responsible=other.code)
    [difference] = compare(kept.rows, content_of(the_plan()))
    [cell] = difference.cells
    assert (cell.name, cell.after) == ("responsible", other.name_fi)


def test_versions_that_were_kept_without_codes_are_still_compared():
    now = content_of(the_plan())
    old = [{"code": row["code"], "cells": dict(row["cells"])} for row in now]
    assert compare(old, now) == []
    old[0]["cells"]["responsible"] = "Entinen nimike"
    [difference] = compare(old, now)
    assert [cell.before for cell in difference.cells] == ["Entinen nimike"]
