"""`load_programme`: the whole document, whole or not at all, as often as one likes."""

from io import StringIO
from pathlib import Path

import pghistory.models
import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from priorities.models import Measure, NameVariant, Priority, StrategicGoal
from programme.models import Audience, FollowUpPrinciple, Network, Programme, ProgrammeText, RoleStatement
from reporting.loading.programme import PROGRAMME_FILE
from workgroups.models import WorkingGroup

DOCUMENT = yaml.safe_load(PROGRAMME_FILE.read_text())


def load(path: Path) -> str:
    output = StringIO()
    call_command("load_programme", path, stdout=output)
    return output.getvalue()


def count_trail_rows() -> int:
    events: list[type[models.Model]] = [
        model for model in apps.get_models() if issubclass(model, pghistory.models.Event)
    ]
    return sum(event._default_manager.count() for event in events)


@pytest.fixture
def changed(tmp_path):
    """Write the document with one passage replaced by another; gives the path."""

    def change(old: str, new: str) -> Path:
        text = PROGRAMME_FILE.read_text()
        assert old in text
        path = tmp_path / "changed.yaml"
        path.write_text(text.replace(old, new, 1))
        return path

    return change


@pytest.fixture
def another_programme(tmp_path):
    """Write a document of another programme, which uses the same ids inside; gives the path."""
    text = PROGRAMME_FILE.read_text()
    path = tmp_path / "another.yaml"
    path.write_text(
        text.replace("id: AKO-TRE-2007", "id: KOKO-TRE-2010").replace("short: AKO", "short: KOKO")
    )
    return path


def test_whole_document_is_loaded(empty_database):
    output = load(PROGRAMME_FILE)

    priorities = DOCUMENT["priorities"]
    measures = [measure for priority in priorities for measure in priority["measures"]]
    networks = DOCUMENT["networks"]["groups"]
    assert {
        "priorities": Priority.objects.count(),
        "goals": StrategicGoal.objects.count(),
        "measures": Measure.objects.filter(parent=None).count(),
        "sub-measures": Measure.objects.exclude(parent=None).count(),
        "variants": NameVariant.objects.count(),
        "statements": RoleStatement.objects.count(),
        "networks": Network.objects.filter(kind=Network.Kind.NETWORK).count(),
        "network headings": Network.objects.exclude(kind=Network.Kind.NETWORK).count(),
        "principles": FollowUpPrinciple.objects.count(),
        "audiences": Audience.objects.count(),
        "groups": WorkingGroup.objects.exclude(priority=None).count(),
        "sections": ProgrammeText.objects.filter(kind=ProgrammeText.Kind.SECTION).count(),
        "steps": ProgrammeText.objects.filter(kind=ProgrammeText.Kind.CHAIN).count(),
    } == {
        "priorities": len(priorities),
        "goals": sum(len(priority["goals"]) for priority in priorities),
        "measures": len(measures),
        "sub-measures": sum(len(measure.get("sub", [])) for measure in measures),
        "variants": sum("title_variant" in priority for priority in priorities),
        "statements": len(DOCUMENT["role"]["statements"]),
        "networks": sum(len(group["items"]) for group in networks),
        "network headings": len(networks) + 1,
        "principles": len(DOCUMENT["followup"]["principles"]),
        "audiences": len(DOCUMENT["audiences"]),
        "groups": len(DOCUMENT["working_groups"]),
        "sections": len(DOCUMENT["sections"]),
        "steps": len(DOCUMENT["steering_chain"]["steps"]),
    }
    assert f"cleanup_log ({len(DOCUMENT['cleanup_log'])})" in output
    assert f"glossary ({len(DOCUMENT['glossary'])})" in output


def test_every_text_of_the_thread_is_in_three_languages_as_in_the_document(empty_database):
    load(PROGRAMME_FILE)

    def words(rows, name):
        return {
            (row.code, *(getattr(row, f"{name}_{code}") for code in ("fi", "sv", "en"))) for row in rows.all()
        }

    def expected(records, key=None):
        texts = [(record["id"], record[key] if key else record) for record in records]
        return {(code, text["fi"], text["sv"], text["en"]) for code, text in texts}

    priorities = DOCUMENT["priorities"]
    goals = [goal for priority in priorities for goal in priority["goals"]]
    measures = [measure for priority in priorities for measure in priority["measures"]]
    measures += [sub for measure in measures for sub in measure.get("sub", [])]
    assert words(Priority.objects, "name") == expected(priorities, "title")
    assert words(StrategicGoal.objects, "text") == expected(goals)
    assert words(Measure.objects, "text") == expected(measures)
    assert words(RoleStatement.objects, "text") == expected(DOCUMENT["role"]["statements"])
    assert words(FollowUpPrinciple.objects, "text") == expected(DOCUMENT["followup"]["principles"])
    assert {(row.vision_code, row.vision_fi) for row in Priority.objects.all()} == {
        (priority["vision"]["id"], priority["vision"]["fi"]) for priority in priorities
    }


def test_first_programme_opens_first_and_has_the_office_unit_and_depths(empty_database):
    load(PROGRAMME_FILE)

    programme = Programme.objects.get()
    unit = WorkingGroup.objects.get(priority=None)
    assert (programme.slug, programme.is_default, programme.is_sample) == ("ako", True, False)
    assert (unit.code, unit.body, unit.is_office_unit) == ("KV", None, True)
    assert list(Audience.objects.values_list("code", "depth")) == [
        ("AUD-TVK", "executive"),
        ("AUD-SH", "board"),
        ("AUD-YK", "assembly"),
        ("AUD-SID", "public"),
    ]


@pytest.mark.django_db
def test_second_run_leaves_no_trail():
    before = count_trail_rows()
    load(PROGRAMME_FILE)
    assert count_trail_rows() == before


@pytest.mark.django_db
def test_only_what_differs_is_written(changed):
    before = count_trail_rows()
    load(changed("fi: Palvelumarkkinoiden kehittäminen", "fi: Palvelumarkkinoiden avaaminen"))

    assert Measure.objects.get(code="P2-M5").text_fi == "Palvelumarkkinoiden avaaminen"
    assert count_trail_rows() == before + 1


@pytest.mark.django_db
def test_another_programme_loads_beside_the_first(another_programme):
    load(another_programme)

    assert list(Programme.objects.values_list("slug", "is_default")) == [("ako", True), ("koko", False)]
    assert Priority.objects.filter(programme__slug="koko").count() == len(DOCUMENT["priorities"])
    assert Priority.objects.filter(programme__slug="ako").count() == len(DOCUMENT["priorities"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "lines_below", "reason"),
    [
        ("  short: AKO\n", "  shrt: AKO\n", 0, "unknown key “shrt”"),
        ("  short: AKO\n", "", -1, "“programme” lacks the key “short”"),
        ("  short: AKO\n", "  short: AKO\n  short: AKO\n", 1, "has the key “short” twice"),
        ("  short: AKO\n", "  short: 7\n", 0, "“short” should be text, but is a whole number"),
        ("  short: AKO\n", "  short: ''\n", 0, "“short” is empty"),
        ("  short: AKO\n", "  short: [AKO\n", 1, "this is not YAML"),
        ("start: 2007-01-01", "start: 1.1.2007", 0, "“start” should be a date (YYYY-MM-DD), but is text"),
        ("start: 2007-01-01", "start: 2007-13-01", 0, "month must be in 1..12"),
        ("seed_lines: [9, 18]", "seed_lines: 9", 0, "“seed_lines” should be a list"),
        ("id: P2-G2", "id: P2-G1", 0, "the id “P2-G1” is here twice"),
        ("id: P2-G1", "id: P1-G1", 0, "the id “P1-G1” is already on line"),
        ("working_group: WG-MR", "working_group: WG-XX", 0, "there is no working group “WG-XX”"),
        ("coordination_measure: P1-M1", "coordination_measure: P2-M1", 0, "there is no measure"),
        ("kind: coordination", "kind: other", 0, "may be only: coordination, development"),
        ("audiences: [AUD-TVK,", "audiences: [AUD-XX,", 0, "there is no audience “AUD-XX”"),
        ("    order: 2\n    fi: Seutu", "    order: 1\n    fi: Seutu", 0, "the order 1 is here twice"),
        ("    order: 4\n    fi: Muut", "    order: 9\n    fi: Muut", 0, "no depth is given for place 9"),
        ("from: FUP-4", "from: FUP-9", 0, "there is no follow-up principle “FUP-9”"),
        ("id: NET-B1", f"id: NET-{'B' * 60}", 0, "at most 40 characters"),
    ],
)
def test_broken_file_changes_nothing_and_says_where(changed, old, new, lines_below, reason):
    path = changed(old, new)
    line = PROGRAMME_FILE.read_text().split(old)[0].count("\n") + 1 + lines_below
    before = count_trail_rows()
    with pytest.raises(CommandError) as error:
        load(path)

    message = str(error.value)
    assert message.startswith(f"changed.yaml, line {line}: ")
    assert reason in message
    assert count_trail_rows() == before


@pytest.mark.django_db
def test_two_programmes_cannot_share_an_address(changed):
    with pytest.raises(CommandError, match="AKO-TRE-2007 already has the address /ako/"):
        load(changed("id: AKO-TRE-2007", "id: AKO-TRE-2010"))


@pytest.mark.django_db
def test_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.yaml: the file cannot be read"):
        load(tmp_path / "nowhere.yaml")
