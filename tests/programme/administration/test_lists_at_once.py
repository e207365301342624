"""Lists that two people keep at once, each in a transaction of their own."""

import contextlib

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from programme.models import CostCentre
from tests.factories import ako
from tests.personas import client_of


def test_a_row_that_is_being_removed_is_locked_against_being_used(committed_database):
    CostCentre.objects.create(programme=ako(), code="KP-2140", number="2140", name_fi="Kokeilut")
    somebody_else, refusals = connection.copy(), []

    def use_it_too(execute, statement, *more):
        if statement.startswith('DELETE FROM "programme_costcentre"'):
            with contextlib.closing(somebody_else), somebody_else.cursor() as cursor:
                try:
                    cursor.execute(
                        "SELECT FROM programme_costcentre WHERE code = 'KP-2140' FOR KEY SHARE NOWAIT"
                    )
                except OperationalError as error:
                    refusals.append(type(error.__cause__))
        return execute(statement, *more)

    with connection.execute_wrapper(use_it_too):
        client_of("office").post("/ako/settings/cost-centres/KP-2140/remove/")
    assert refusals == [LockNotAvailable]
    assert not CostCentre.objects.filter(code="KP-2140").exists()
