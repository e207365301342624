"""What several tests of a year's targets do: propose one, decide what is proposed."""

from priorities.models import AnnualTarget
from programme.models import Meeting
from tests.factories import ako, make_target
from tests.personas import person
from workgroups.targets.decision import decide_targets

State = AnnualTarget.State
PLAN = "/ako/plan/2010/"


def proposed(code="VT-2010-MR-91", **fields):
    return make_target(code, year=2010, state=State.PROPOSED, **fields)


def held() -> Meeting:
    return Meeting.objects.get(code="KOK-SH-2009-07")


def decide(year=2010, *, meeting=None, number=999):
    return decide_targets(
        ako(),
        year,
        meeting=meeting or held(),
        number=number,
        text="Hyväksyttiin tavoitteet.",
        actor=person("secretary"),
    ).targets
