"""Two people enter the decision of the same year at the same time."""

import threading

from django.core.exceptions import ValidationError
from django.db import connection

from priorities.models import AnnualTarget
from programme.models import Meeting
from tests.factories import ako, make_target
from tests.personas import person
from workgroups.targets.decision import decide_targets


def test_two_secretaries_decide_once(committed_database):
    make_target("VT-2010-MR-91", year=2010, state=AnnualTarget.State.PROPOSED)
    outcomes = []
    secretary = person("secretary")

    def enter(number):
        meeting = Meeting.objects.get(code="KOK-SH-2009-07")
        try:
            decide_targets(
                ako(),
                2010,
                meeting=meeting,
                number=number,
                text="Hyväksyttiin tavoitteet.",
                actor=secretary,
            )
            outcomes.append("decided")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    entering = [threading.Thread(target=enter, args=(number,)) for number in (998, 999)]
    for thread in entering:
        thread.start()
    for thread in entering:
        thread.join()
    assert sorted(outcomes) == ["decided", "refused"]
    assert AnnualTarget.objects.get(code="VT-2010-MR-91").decision is not None
