"""Gives the portal's database role what web, worker and loaders need, and nothing more."""

from typing import Any

import pghistory.models
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction
from psycopg import sql

READ = "SELECT"
ADD = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE, DELETE"
# A trail's context is added once a request and its metadata completed later by pghistory's own function.
ADD_CONTEXT = "SELECT, INSERT, UPDATE (metadata, updated_at)"


def rights_on(table: str, model: type[models.Model] | None) -> str:
    """Return what the portal's role may do with a table; tables of no model are the job queue's."""
    if table == "django_migrations":
        return READ
    if model is pghistory.models.Context:
        return ADD_CONTEXT
    if model is not None and (
        getattr(model, "append_only", False) or issubclass(model, pghistory.models.Event)
    ):
        return ADD
    return CHANGE


class Command(BaseCommand):
    help = "Grant the portal's database role its rights. Run by the owner of the tables after each migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="punos_portal", help="the role of web and worker")

    @transaction.atomic
    def handle(self, *, role: str, **options: Any) -> None:
        model_of = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        with connection.cursor() as cursor:
            self.check_role(cursor, role)
            grantee = sql.Identifier(role)
            for kind in ("TABLES", "SEQUENCES"):
                cursor.execute(
                    sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}").format(sql.SQL(kind), grantee)
                )
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(grantee))
            cursor.execute(
                sql.SQL("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}").format(grantee)
            )
            cursor.execute(sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(grantee))
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
            tables = [table for (table,) in cursor.fetchall()]
            for table in tables:
                cursor.execute(
                    sql.SQL("GRANT {} ON {} TO {}").format(
                        sql.SQL(rights_on(table, model_of.get(table))), sql.Identifier(table), grantee
                    )
                )
        self.stdout.write(f"The role {role} has its rights on {len(tables)} tables.")

    def check_role(self, cursor: Any, role: str) -> None:
        """Refuse a role that is not there, or that would not be bound by what is granted."""
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER')"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        )
        row = cursor.fetchone()
        if row is None:
            raise CommandError(f"There is no database role {role}. Make it first, or name another by --role.")
        if row[0]:
            raise CommandError(
                f"The role {role} is the owner of the tables or above it: grants do not bind it."
            )
