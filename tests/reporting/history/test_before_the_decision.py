"""What was typed of a line before its decision: committed, for the trail tells savings apart by time."""

from programme.models import CostCentre
from tests.factories import make_target
from tests.personas import client_of, person

ADDRESS = "/ako/targets/VT-2010-MR-78/history/?view=changes"


def history_of(persona):
    return client_of(persona).get(ADDRESS)


def test_what_was_typed_before_the_decision_is_read_by_those_who_read_drafts(committed_database):
    target = make_target("VT-2010-MR-78", year=2010, state="draft", name_fi="Ensimmäinen sanamuoto.")
    client_of("coordinator-mr").post(
        "/ako/targets/VT-2010-MR-78/edit/",
        {
            "name_fi": "Toinen sanamuoto.",
            "direction": "up",
            "goals": [target.goals.get().pk],
            "no_cost": "on",
            "cost_centre": CostCentre.objects.get(code="KP-2110").pk,
        },
    )
    entries = history_of("chair-mr").context["entries"]
    [entry] = [one for one in entries if one.who == str(person("coordinator-mr"))]
    before_and_after = {one.label: (one.before, one.after) for one in entry.differences}
    assert before_and_after["Tavoite suomeksi"] == ("Ensimmäinen sanamuoto.", "Toinen sanamuoto.")
    assert before_and_after["Kustannuspaikka"][1].startswith("2110 ")
    target.refresh_from_db()
    target.state = "decided"
    target.save(update_fields=["state"])
    assert "Ensimmäinen" in history_of("office").content.decode()
    for persona in ("secretary", "coordinator-hp", "elected", "anonymous"):
        assert "Ensimmäinen" not in history_of(persona).content.decode()
