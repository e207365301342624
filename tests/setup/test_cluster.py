"""One cluster of our own, made, stopped, killed and started again."""

import os
import signal
from pathlib import Path

import psycopg
import pytest
from _database import make_database, make_roles, read_stamps, write_stamps
from _postgres import OWNER, PORTAL, SUPERUSER, Cluster


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("cluster") / "postgres"


def started(directory: Path, *, is_fast: bool = True) -> Cluster:
    cluster = Cluster(directory, directory.parent / "postgres.log", is_fast=is_fast)
    cluster.start()
    return cluster


@pytest.fixture
def cluster(directory):
    cluster = started(directory)
    make_roles(cluster.url(SUPERUSER, "postgres"))
    yield cluster
    cluster.stop()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def test_finnish_letters_have_two_cases(cluster):
    url = cluster.url(OWNER, "postgres")
    assert ask(url, "SELECT lower('ÄÖÅ')") == "äöå"
    assert ask(url, "SELECT 'Ähtäri' ILIKE 'ä%'") is True
    assert ask(url, "SHOW server_encoding") == "UTF8"


def test_server_listens_on_no_network(cluster):
    assert ask(cluster.url(OWNER, "postgres"), "SHOW listen_addresses") == ""


def test_server_never_runs_as_root(cluster):
    assert Path(f"/proc/{cluster.server.pid}").stat().st_uid != 0


def test_portal_role_owns_nothing_and_may_make_nothing(cluster):
    make_database(cluster.url(OWNER, "postgres"), "house", PORTAL)
    url = cluster.url(PORTAL, "house")
    assert (
        ask(url, "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = user")
        is False
    )
    for statement in (
        "CREATE TABLE shed (id int)",
        "CREATE TEMPORARY TABLE shed (id int)",
        "CREATE DATABASE shed",
    ):
        with psycopg.connect(url, autocommit=True) as connection, pytest.raises(psycopg.Error) as refused:
            connection.execute(statement)  # type: ignore[call-overload]
        assert isinstance(refused.value, psycopg.errors.InsufficientPrivilege)


def test_stamps_stand_in_the_database_itself(cluster):
    make_database(cluster.url(OWNER, "postgres"), "stamped", PORTAL)
    url = cluster.url(OWNER, "stamped")
    assert read_stamps(url) == {}
    write_stamps(url, {"schema": "a’b"})
    assert read_stamps(url)["schema"] == "a’b"


def test_stamps_do_not_hold_after_a_migration_by_hand(cluster):
    make_database(cluster.url(OWNER, "postgres"), "migrated", PORTAL)
    url = cluster.url(OWNER, "migrated")
    write_stamps(url, {"schema": "first"})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE django_migrations (id int)")
        connection.execute("INSERT INTO django_migrations VALUES (1)")
    assert read_stamps(url) == {}


def test_what_is_committed_survives_a_kill(directory):
    # A fast cluster would forget it: there commits are told before they are written.
    cluster = started(directory, is_fast=False)
    url = cluster.url(SUPERUSER, "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    # Nobody waits for the dead server here, so its number stays taken by a zombie.
    os.kill(cluster.server.pid, signal.SIGKILL)
    os.waitid(os.P_PID, cluster.server.pid, os.WEXITED | os.WNOWAIT)
    assert (directory / "postmaster.pid").exists()

    again = started(directory, is_fast=False)
    assert ask(again.url(SUPERUSER, "postgres"), "SELECT number FROM kept") == 1
    again.stop()
    assert not cluster.socket_directory.exists()


def test_server_that_outlived_its_starter_is_ended_first(directory):
    orphan = started(directory)
    again = started(directory)
    assert orphan.server.wait(5) == 0
    assert again.server.poll() is None
    again.stop()
    assert not again.socket_directory.exists()
