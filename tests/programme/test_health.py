"""Health for machines."""

import pytest
from django.db import DatabaseError, connection

from tests.personas import make_browser


def test_alive_needs_no_database():
    response = make_browser().get("/health/live")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_answers():
    response = make_browser().get("/health/ready")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_when_it_does_not():
    def away(execute, sql, params, many, context):
        raise DatabaseError("the connection is lost")

    with connection.execute_wrapper(away):
        response = make_browser().get("/health/ready")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_ready_with_empty_tables(empty_database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reporting_dataset")
        assert cursor.fetchone() == (0,)
    assert make_browser().get("/health/ready").status_code == 200
