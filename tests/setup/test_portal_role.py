"""The portal's role owns nothing, and the database refuses it whatever would change what was told."""

import pghistory.models
import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ, ADD, CHANGE = RIGHTS[:1], RIGHTS[:2], RIGHTS[:4]
MODELS = sorted(
    (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ),
    key=lambda model: model._meta.db_table,
)
APPEND_ONLY = [
    model
    for model in MODELS
    if getattr(model, "append_only", False) or issubclass(model, pghistory.models.Event)
]


def ask(query: str, *parameters: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def rights_on(table: str) -> tuple[str, ...]:
    return tuple(right for right in RIGHTS if ask("SELECT has_table_privilege(%s, %s)", table, right)[0][0])


def test_there_are_tables_that_only_grow():
    assert {"reporting_dataset", "reporting_rendition"} < {model._meta.db_table for model in APPEND_ONLY}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_rights_on_every_table(model):
    expected = CHANGE
    if model in APPEND_ONLY or model is pghistory.models.Context:
        expected = ADD
    assert rights_on(model._meta.db_table) == expected


def test_context_of_the_trail_may_be_completed_but_not_moved():
    columns = ask(
        "SELECT column_name FROM information_schema.column_privileges WHERE grantee = current_user"
        " AND table_name = 'pghistory_context' AND privilege_type = 'UPDATE' ORDER BY column_name"
    )
    assert columns == [("metadata",), ("updated_at",)]


def test_list_of_migrations_is_only_read():
    assert rights_on("django_migrations") == READ


def test_role_is_bound_by_its_rights():
    assert ask("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]


@pytest.mark.parametrize("table", [model._meta.db_table for model in APPEND_ONLY])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} ADD COLUMN extra int",
        "DROP TABLE {table} CASCADE",
    ],
    ids=lambda statement: statement.split()[0] + statement.split()[-1],
)
def test_what_was_told_cannot_be_changed(table, statement):
    column = "pgh_id" if table.endswith("event") else "id"
    refused(statement.format(table=table).replace("SET id = id", f"SET {column} = {column}"))


def test_triggers_cannot_be_gone_round():
    refused("SET session_replication_role = replica")
    refused("CREATE FUNCTION shed() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    refused("SET ROLE punos_owner")


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(error.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_only_a_role_that_is_there_gets_rights():
    with pytest.raises(CommandError, match="There is no database role nobody_here"):
        call_command("grant_portal_role", role="nobody_here")


def test_owner_is_no_role_for_the_portal():
    with pytest.raises(CommandError, match="grants do not bind it"):
        call_command("grant_portal_role", role=connection.settings_dict["USER"])
