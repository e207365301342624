"""Saving while somebody else may have saved too: no word is lost, whoever comes second."""

import itertools

from programme.models import Network
from programme.saving import cells_of, merge_into

NAMES = ("themes", "goals")
TEXTS = [dict(zip(NAMES, texts, strict=True)) for texts in itertools.product(["", "a", "b"], repeat=2)]


def test_what_the_second_did_not_touch_stays_and_what_both_changed_is_shown():
    for base, first, second in itertools.product(TEXTS, repeat=3):
        network = Network(**base)
        assert merge_into(network, first, base).conflicts == {}
        assert cells_of(network, NAMES) == first
        saved = merge_into(network, second, base)
        both = {
            name: (second[name], first[name])
            for name in NAMES
            if base[name] not in (first[name], second[name]) and first[name] != second[name]
        }
        assert saved.conflicts == both
        merged = {name: first[name] if second[name] == base[name] else second[name] for name in NAMES}
        assert cells_of(network, NAMES) == (first if both else merged)
        assert saved.others_changed == (first != base)


def test_a_cell_that_was_never_seen_counts_as_changed():
    network = Network(themes="Rakenne", goals="", partners="")
    assert merge_into(network, {"themes": "Liikenne"}, {}).conflicts == {}
    assert network.themes == "Liikenne"
