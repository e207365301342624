"""Databases, their two roles, and stamps in the databases themselves that tell what has been done to them."""

import json
from contextlib import closing

import psycopg
from _postgres import OWNER, PORTAL
from _progress import stop_with
from psycopg import sql

OLDEST_SERVER = 150000


def connect(url: str) -> psycopg.Connection:
    """Connect, with each statement a transaction of its own, as making databases demands."""
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def make_roles(superuser_url: str) -> None:
    """Make the owner of all tables, and the portal's own role, which owns nothing."""
    with closing(connect(superuser_url)) as connection:
        there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in there:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if PORTAL not in there:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(PORTAL)))


def exists(owner_url: str, name: str) -> bool:
    with closing(connect(owner_url)) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def make_database(owner_url: str, name: str, portal_role: str, *, template: str = "template0") -> None:
    """Make a database of the owner's, afresh, into which the portal's role may only connect."""
    database, of = sql.Identifier(name), sql.Identifier(template)
    with closing(connect(owner_url)) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, of))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(portal_role))
        )


def read_stamps(owner_url: str) -> dict[str, str]:
    """Return what the database says has been done to it; it stands in the database's comment.

    Its count of migrations tells whether somebody has migrated by hand since: then no stamp holds.
    """
    with closing(connect(owner_url)) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        stamps = json.loads(row[0]) if row and row[0] else {}
        return stamps if stamps.get("migrations") == count_migrations(connection) else {}


def write_stamps(owner_url: str, stamps: dict[str, str]) -> None:
    """Have the database say what has been done to it."""
    with closing(connect(owner_url)) as connection:
        text = json.dumps({**stamps, "migrations": count_migrations(connection)})
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(connection.info.dbname), sql.Literal(text)
            )
        )


def count_migrations(connection: psycopg.Connection) -> str:
    there = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if not there or not there[0]:
        return "none"
    row = connection.execute("SELECT count(*), max(id) FROM django_migrations").fetchone()
    return f"{row[0]} {row[1]}" if row else "none"


def check_given(name: str, url: str) -> str:
    """Return the role that a given address signs in as; end with a sentence where it will not do."""
    try:
        with closing(connect(url)) as connection:
            if connection.info.server_version < OLDEST_SERVER:
                stop_with(f"{name} names a PostgreSQL server older than 15.")
            return connection.info.user
    except psycopg.Error as error:
        stop_with(f"{name} does not open a PostgreSQL database: {str(error).strip()}")
