"""Two people change the same row at once: no accepted word is lost, and nothing is settled for them."""

import itertools

import pytest

from programme.merging import Conflict, merge

BASE = {"text": "Suunnitelma on valmis.", "unit": "kpl", "value": "1"}


def test_what_one_of_two_changed_merges_by_itself():
    outcome = merge(BASE, BASE | {"unit": "kuntaa"}, BASE | {"value": "8"})
    assert outcome.merged == {"text": "Suunnitelma on valmis.", "unit": "kuntaa", "value": "8"}
    assert outcome.conflicts == {}


def test_the_same_cell_changed_by_both_shows_both_texts_and_keeps_the_saved_one_meanwhile():
    outcome = merge(BASE, BASE | {"value": "7", "unit": "kuntaa"}, BASE | {"value": "8"})
    assert outcome.conflicts == {"value": Conflict(yours="7", saved="8")}
    assert outcome.merged == BASE | {"unit": "kuntaa", "value": "8"}


def test_both_changing_a_cell_to_the_same_text_agree():
    outcome = merge(BASE, BASE | {"value": "8"}, BASE | {"value": "8"})
    assert (outcome.merged, outcome.conflicts) == (BASE | {"value": "8"}, {})


def test_a_cell_that_one_emptied_and_the_other_changed_is_a_conflict():
    assert merge(BASE, BASE | {"unit": ""}, BASE | {"unit": "kuntaa"}).conflicts == {
        "unit": Conflict(yours="", saved="kuntaa")
    }


def test_a_cell_that_was_not_typed_stays_as_it_is_saved():
    assert merge(BASE, {"unit": "kuntaa"}, BASE | {"value": "8"}).merged["value"] == "8"


def test_a_cell_that_was_never_seen_counts_as_changed_now():
    assert merge({}, {"unit": "kuntaa"}, BASE).merged == BASE | {"unit": "kuntaa"}


@pytest.mark.parametrize(("base", "yours", "saved"), list(itertools.product(["", "a", "b"], repeat=3)))
def test_no_word_of_either_is_lost(base, yours, saved):
    outcome = merge({"cell": base}, {"cell": yours}, {"cell": saved})
    told = {outcome.merged["cell"]} | {text for conflict in outcome.conflicts.values() for text in conflict}
    # What somebody changed from what they saw must be told; what they left as it was may go.
    assert {text for text in (yours, saved) if text != base} <= told
    assert outcome.merged["cell"] in (yours, saved)
