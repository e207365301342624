"""The goal check: each rule warns where it should and nowhere else, and says how to mend it."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from priorities import goal_check
from priorities.goal_check import Goal, check, check_count, normalised, unverifiable_words
from priorities.models import AnnualTarget, Measure

SOUND = Goal(
    wording="Rakennesuunnitelman toteuttamisohjelma on hyväksytty kahdeksassa kunnassa.",
    indicator="Ohjelman hyväksyneet kunnat",
    unit="kpl",
    baseline=Decimal(0),
    target_value=Decimal(8),
    has_owner=True,
    due_on=datetime.date(2010, 12, 31),
    year=2010,
    euros=Decimal(14000),
    no_cost=False,
)


def codes(**changed):
    year_before = changed.pop("year_before", ())
    return [remark.code for remark in check(dataclasses.replace(SOUND, **changed), year_before=year_before)]


def test_a_sound_target_has_no_remarks():
    assert codes() == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"indicator": ""}, "no_indicator"),
        ({"unit": ""}, "no_indicator"),
        ({"target_value": None}, "no_indicator"),
        ({"baseline": None}, "no_baseline"),
        ({"has_owner": False}, "no_owner"),
        ({"due_on": None}, "no_due_date"),
        ({"due_on": datetime.date(2011, 1, 1)}, "due_later"),
        ({"euros": None}, "no_euros"),
        ({"has_past_goals_only": True}, "past_goals"),
        ({"wording": "Hyvinvointipalveluja kehitetään seudullisesti."}, "unverifiable"),
        (
            {"year_before": ["rakennesuunnitelman  TOTEUTTAMISOHJELMA on hyväksytty kahdeksassa kunnassa"]},
            "same_wording",
        ),
    ],
)
def test_each_rule_warns_of_its_own_fault_alone(changed, code):
    assert codes(**changed) == [code]


def test_zero_is_not_empty_and_no_cost_is_an_answer():
    assert codes(baseline=Decimal(0), target_value=Decimal(0), euros=Decimal(0)) == []
    assert codes(euros=None, no_cost=True) == []


@pytest.mark.parametrize(
    "wording",
    [
        "Yhteistyötä edistetään.",
        "Palvelusetelin käyttöönoton edistäminen",
        "Osaamisperustan vahvistaminen palvelujen tilaamisessa",
        "Pyritään vähentämään päästöjä.",
        "Työryhmän työn koordinointi",
        "Hankkeita jatketaan.",
        "Työ jatkuu.",
        "Yrityksiä tuetaan äkillisessä suhdannekäänteessä.",
        "Kunnat osallistuvat hankkeeseen.",
        "Ohjelma osallistuu keskeisten verkostojen työhön.",
        "Asukkaiden palveluja parannetaan.",
        "Toimintamallien uudistamisen tehostaminen",
    ],
)
def test_a_verb_that_never_ends_is_flagged(wording):
    assert unverifiable_words(wording) != []


@pytest.mark.parametrize(
    "wording",
    [
        "Työohjelma on vahvistettu yhtymäkokouksessa.",
        "Uusi malli on kehitetty ja otettu käyttöön.",
        "Seudullisten yrityspalvelujen nykytila ja kehittämistarpeet on kartoitettu.",
        "Kahdeksan kuntaa on hyväksynyt pelisäännöt.",
        "Tukikohta on valmis.",
        "Jatkosopimus on allekirjoitettu.",
        "Koulutukseen osallistuneita on 60, kehitettyä mallia käyttää 8 kuntaa.",
    ],
)
def test_what_can_be_verified_is_left_alone(wording):
    assert unverifiable_words(wording) == []


def test_years_case_and_punctuation_do_not_make_a_new_target():
    assert normalised("Seuranta vuonna 2009, kaikissa ryhmissä!") == normalised(
        "seuranta vuonna 2010 kaikissa  ryhmissä"
    )
    assert normalised("Tavoitetaan 60 yritystä") != normalised("Tavoitetaan 80 yritystä")


def test_eight_targets_in_a_priority_are_too_many():
    assert check_count(7) == []
    assert [remark.code for remark in check_count(8)] == ["too_many"]


def test_every_remark_says_how_to_mend_it():
    remarks = [value for value in vars(goal_check).values() if isinstance(value, goal_check.Remark)]
    assert len(remarks) == 10
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert all(str(remark.text) and len(str(remark.hint)) > 20 for remark in remarks)


@pytest.mark.django_db
def test_the_programmes_own_measures_are_flagged():
    flagged = {measure.code for measure in Measure.objects.all() if unverifiable_words(measure.text_fi)}
    vague = {
        measure.code
        for measure in Measure.objects.all()
        if measure.text_fi.endswith(("edistäminen", "koordinointi", "vahvistaminen", "kehittäminen"))
    }
    assert len(vague) > 5
    assert flagged >= vague


@pytest.mark.django_db
def test_of_the_samples_targets_only_the_vague_ones_are_flagged():
    flagged = {target.code for target in AnnualTarget.objects.all() if unverifiable_words(target.name_fi)}
    assert flagged == {
        *("VT-2009-EO-2", "VT-2007-KV-2", "VT-2008-KV-2", "VT-2009-KV-2"),
        *("VT-2007-KV-3", "VT-2008-KV-3", "VT-2009-KV-3"),
    }
