"""The ground of all tests: a PostgreSQL database with programme and sample loaded, seen as the portal's role.

`bin/test` makes two template databases: one migrated and empty, one loaded as it was known on 9.9.2009. Every
test runs in a transaction of its own on a copy of the loaded one, rolled back at its end. A test that must
commit, or wants empty tables, asks for `committed_database` or `empty_database` and gets a copy for itself.

Several processes share the tests, each with a copy of its own. The tests of one file stay together and in
their order, since they share what is dear to make; only those of a file in APART need not.
"""

import contextlib
import itertools
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import hypothesis
import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
# Which of the processes that share the tests this one is; alone it has no name.
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")
APART = {"tests/browser/test_every_page.py"}
numbers = itertools.count(1)

# How long an example takes says what else the machine does: speed is measured by `bench/`, never by tests.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    if not OWNER_URL or "PORTAL_TEST_LOADED" not in os.environ:
        raise pytest.UsageError(
            "The tests need their databases: run them by bin/test, which takes pytest's arguments."
        )


class ByFile(LoadScopeScheduling):
    """Keeps the tests of a file together and in their order, but for those that need neither."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file in APART else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that end by emptying all tables, which the portal's role may not."""
    flushing = [
        item.nodeid
        for item in items
        if {"transactional_db", "live_server", "django_db_reset_sequences"}
        & set(getattr(item, "fixturenames", ()))
        or any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))
    ]
    if flushing:
        raise pytest.UsageError(
            "These tests would flush the database, which the portal's role may not. "
            f"Ask for committed_database instead: {', '.join(flushing)}"
        )


@contextlib.contextmanager
def database_copy(template: str) -> Iterator[str]:
    """Make a copy of a template database for one test, and remove it at the end; gives its name."""
    name = f"punos_test_{PROCESS}_{next(numbers)}"
    role = urlsplit(os.environ["DATABASE_URL"]).username or ""
    with contextlib.closing(psycopg.connect(OWNER_URL, autocommit=True)) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        owner.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(role))
        )
        try:
            yield name
        finally:
            _drop(owner, name)


def _drop(owner: psycopg.Connection, name: str) -> None:
    """Drop a database, waiting for sessions that are ending; one that goes on is a leak, and fails the test.

    Each try waits some seconds by itself, which a busy machine may need more than once.
    """
    for is_last in (False, False, False, True):
        try:
            owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.ObjectInUse:
            if is_last:
                raise
        else:
            return


@contextlib.contextmanager
def connected_to(name: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let Django work on another database, committing for real."""
    usual = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy of the loaded database for this process, which its tests leave as it was."""
    with (
        database_copy(os.environ["PORTAL_TEST_LOADED"]) as name,
        connected_to(name, django_db_blocker),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of the loaded database in which everything is committed, threads included; gives its name."""
    with database_copy(os.environ["PORTAL_TEST_LOADED"]) as name, connected_to(name, django_db_blocker):
        yield name


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A migrated database with nothing loaded, in which everything is committed; gives its name."""
    with database_copy(os.environ["PORTAL_TEST_SCHEMA"]) as name, connected_to(name, django_db_blocker):
        yield name
