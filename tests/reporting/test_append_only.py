"""What was told stays: the database refuses to change it, whoever asks and however."""

import contextlib

import pghistory.models
import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from programme.models import User
from reporting.models import Dataset, Rendition, Report
from tests.conftest import OWNER_URL
from tests.factories import make_report

pytestmark = pytest.mark.django_db

APPEND_ONLY = ("reporting_dataset", "reporting_rendition", "reporting_earlierreport")


def make_rendition() -> None:
    """No worker runs beside the tests: one stored rendition, so that there is something to change."""
    Rendition.objects.create(
        report=Report.objects.get(code="RAP-2009-T1-SH"),
        format="pdf",
        language="fi",
        content=b"%PDF-1.7",
        size=8,
        pages=1,
        sha256="0" * 64,
        engine="none",
        template_version="0",
        made_at="2009-05-27T12:00:00+03:00",
    )


def refusal_of(statement: str) -> str:
    """Return why the database refuses a statement; the test fails where it does not."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


def statements_against(table: str) -> list[str]:
    return [
        f"UPDATE {table} SET sha256 = repeat('f', 64)",
        f"UPDATE {table} SET id = id + 1000",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"ALTER TABLE {table} RENAME TO gone",
        f"DROP TABLE {table} CASCADE",
        f"GRANT ALL ON {table} TO CURRENT_USER",
    ]


@pytest.mark.parametrize(
    "statement", [statement for table in APPEND_ONLY for statement in statements_against(table)]
)
def test_the_portals_role_may_add_and_nothing_else(statement):
    make_rendition()
    if statement.startswith("GRANT"):
        # PostgreSQL warns and grants nothing: what counts is that nothing can be done afterwards.
        with contextlib.suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        statement = f"DELETE FROM {statement.split()[3]}"
    reason = refusal_of(statement)
    assert "permission denied" in reason or "must be owner" in reason


def test_the_portals_role_cannot_switch_triggers_off():
    assert "permission denied to set parameter" in refusal_of("SET session_replication_role = 'replica'")


def test_the_portals_role_cannot_become_another():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'reporting_dataset'")
        [(owner,)] = cursor.fetchall()
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        [(role, is_superuser)] = cursor.fetchall()
    assert role != owner
    assert is_superuser is False
    assert "permission denied" in refusal_of(f'SET ROLE "{owner}"')


def test_the_portals_role_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchall() == []


def test_the_portals_role_makes_no_table_and_drops_no_trigger():
    assert "permission denied" in refusal_of("CREATE TABLE public.own (id int)")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)",
            [[*APPEND_ONLY, "reporting_report"]],
        )
        triggers = cursor.fetchall()
    assert len(triggers) > 5
    for name, table in triggers:
        assert "must be owner" in refusal_of(f'DROP TRIGGER "{name}" ON {table}')


EVENT_TABLES = sorted(
    model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)
)


def test_every_model_that_people_edit_has_a_trail():
    assert len(EVENT_TABLES) > 20
    assert {"workgroups_followupevent", "programme_userevent", "reporting_reportevent"} <= set(EVENT_TABLES)


@pytest.mark.parametrize("table", EVENT_TABLES)
def test_the_trail_is_written_by_triggers_and_never_changed(table):
    for statement in (f"UPDATE {table} SET pgh_label = 'other'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert "permission denied" in refusal_of(statement)


def test_who_and_when_of_the_trail_stay():
    for statement in ("UPDATE pghistory_context SET created_at = now()", "DELETE FROM pghistory_context"):
        assert "permission denied" in refusal_of(statement)


# --- The owner of the tables -----------------------------------------------------------------------------


@pytest.fixture
def owner():
    """The owner's own connection: migrations use it, web and worker never. Rolled back at the end."""
    with psycopg.connect(OWNER_URL, dbname=connection.settings_dict["NAME"]) as opened:
        opened.execute(
            "INSERT INTO reporting_rendition (report_id, format, language, content, size, pages, sha256,"
            " engine, template_version, checks, made_at) SELECT id, 'pdf', 'fi', '', 0, 1, '', '', '', '[]',"
            " now() FROM reporting_report WHERE code = 'RAP-2009-T1-SH'"
        )
        opened.execute(
            "INSERT INTO reporting_earlierreport (programme_id, code, title, language, body_id, presented_on,"
            " file_name, content, size, sha256, brought_in_at, brought_in_by) SELECT programme_id,"
            " 'AIK-2009-1', '', 'fi', id, '2009-03-25', '', '', 0, '', now(), '' FROM programme_body"
            " WHERE code = 'BODY-SH'"
        )
        opened.execute(
            "INSERT INTO reporting_earlierreportwithdrawal (report_id, reason, withdrawn_at, withdrawn_by)"
            " SELECT id, 'Toinen.', now(), '' FROM reporting_earlierreport"
        )
        opened.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield opened
        opened.rollback()


def test_the_triggers_refuse_the_owner_too(owner):
    for table in (*APPEND_ONLY, "reporting_earlierreportwithdrawal"):
        statements = (
            f"UPDATE {table} SET id = id + 1000",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        )
        for statement in statements:
            with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
                owner.execute(statement)
    with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
        owner.execute("UPDATE reporting_report SET summary = 'other' WHERE state <> 'composed'")
    with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
        owner.execute("DELETE FROM reporting_report WHERE state <> 'composed'")


# --- Frozen reports --------------------------------------------------------------------------------------

FROZEN = "WHERE code = 'RAP-2009-T1-SH'"


@pytest.mark.parametrize(
    "change",
    [
        "summary = 'Toiset sanat.'",
        "proposal = 'Toinen esitys.'",
        "particulars = '{}'",
        "code = 'RAP-2009-T1-XX'",
        "version = 2",
        "depth = 'public'",
        "dataset_id = NULL",
        "frozen_at = now()",
        "state = 'composed'",
    ],
)
def test_the_words_of_a_frozen_report_stay_in_raw_sql(change):
    reason = refusal_of(f"UPDATE reporting_report SET {change} {FROZEN}")
    assert "is frozen" in reason


@pytest.mark.parametrize("field", ["summary", "proposal", "particulars", "depth"])
def test_the_words_of_a_frozen_report_stay_in_the_orm(field):
    report = Report.objects.get(code="RAP-2009-T1-SH")
    setattr(report, field, {} if field == "particulars" else "public")
    with pytest.raises(DatabaseError), transaction.atomic():
        report.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**{field: getattr(report, field)})


def test_a_frozen_report_is_not_removed_and_a_composed_one_may_be():
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(code="RAP-2009-T1-TVK").delete()
    made = make_report()
    assert made.delete()[1]["reporting.Report"] == 1


def test_a_dataset_is_not_changed_by_the_orm():
    dataset = Dataset.objects.first()
    dataset.frozen_by = "Joku muu"
    with pytest.raises(DatabaseError), transaction.atomic():
        dataset.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Dataset.objects.filter(pk=dataset.pk).update(frozen_by="Joku muu")
    with pytest.raises(DatabaseError), transaction.atomic():
        dataset.delete()


def test_a_deleted_person_takes_nothing_told_with_them():
    before = list(Dataset.objects.order_by("pk").values_list("sha256", "facts"))
    User.objects.get(persona="office").delete()
    assert list(Dataset.objects.order_by("pk").values_list("sha256", "facts")) == before


# --- What has been decided and approved -------------------------------------------------------------------

DECIDED = (
    "priorities_annualtarget",
    "priorities_targetgoal",
    "workgroups_targetownership",
    "workgroups_workprogramme",
    "workgroups_action",
    "workgroups_actiontarget",
    "workgroups_actionnetwork",
    "workgroups_amendment",
)


@pytest.mark.parametrize("table", DECIDED)
def test_no_table_of_what_was_decided_is_emptied_at_a_stroke(owner, table):
    with pytest.raises(psycopg.errors.RaiseException, match="not emptied"), owner.transaction():
        owner.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("state", ["decided", "closed"])
def test_no_target_begins_decided(owner, state):
    copied = (
        "INSERT INTO priorities_annualtarget SELECT (jsonb_populate_record(target, jsonb_build_object("
        f"'id', 900000, 'code', 'VT-NEW', 'state', '{state}'))).* FROM priorities_annualtarget AS target"
        " WHERE code = 'VT-2009-MR-2'"
    )
    with pytest.raises(psycopg.errors.RaiseException, match="before it is decided"), owner.transaction():
        owner.execute(copied)
    with owner.transaction():
        owner.execute(copied.replace(f"'{state}'", "'proposed'"))
