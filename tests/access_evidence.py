"""Rows of the files that show what a follow-up says: seen with it, secret ones as unfinished work is."""

from collections.abc import Callable

from priorities.models import AnnualTarget
from programme.models import Attachment
from tests.access_rows import Answers, Row, page, signed_in
from tests.factories import make_evidence, the_action, the_target
from workgroups.models import Action, FollowUp

GROUND = "JulkL 24 § 1 mom. 20 k"
UNFINISHED = signed_in(404, of_mr=200, read_unfinished=200)
ACCEPTED = signed_in(200, told=404)
# Whoever would see it is told why nobody gets it.
HELD_BACK = signed_in(403, told=404)


def the_file(base: str) -> Callable[[], str]:
    return lambda: f"{base}/follow-up/2009-T2/attachments/{Attachment.objects.latest('pk').pk}/"


def quarantine(line: AnnualTarget | Action) -> None:
    file = make_evidence(line)
    Attachment.objects.filter(pk=file.attachment_id).update(
        scan=Attachment.Scan.QUARANTINED, found="Eicar-Test-Signature", scanned_at=file.attachment.added_at
    )


def secrecy_rows(kind: str, base: str, line: Callable[[], AnnualTarget | Action]) -> list[Row]:
    """Whoever writes for the group says which of its files are secret; others do not find a secret one."""
    name = f"workgroups:{kind}-follow-up-secrecy"
    here = the_file(base)
    refused = signed_in(403, told=404, coordinator_mr=200, office=200)
    hidden = signed_in(404, of_mr=403, read_unfinished=403) | {"coordinator-mr": 200, "office": 200}

    def row(get: Answers, state: str, ground: str) -> Row:
        # An empty form changes nothing: it is shown again with what is missing.
        post = {persona: 422 if answer == 200 else answer for persona, answer in get.items()}
        return Row(
            name,
            lambda: f"{here()}secrecy/",
            get,
            post,
            given=lambda: make_evidence(line(), secrecy_ground=ground),
            state=state,
        )

    return [row(refused, "accepted", ""), row(hidden, "accepted and secret", GROUND)]


def rows_of(kind: str, base: str, line: Callable[[], AnnualTarget | Action]) -> list[Row]:
    name, here = f"workgroups:{kind}-follow-up-attachment", the_file(base)
    submitted, returned = FollowUp.State.SUBMITTED, FollowUp.State.RETURNED
    return [
        page(name, here, ACCEPTED, given=lambda: make_evidence(line()), state="accepted"),
        page(name, here, UNFINISHED, given=lambda: make_evidence(line(), state=submitted), state="submitted"),
        page(name, here, UNFINISHED, given=lambda: make_evidence(line(), state=returned), state="returned"),
        page(
            name,
            here,
            UNFINISHED,
            given=lambda: make_evidence(line(), secrecy_ground=GROUND),
            state="accepted and secret",
        ),
        page(name, here, HELD_BACK, given=lambda: quarantine(line()), state="in quarantine"),
        page(name, f"{base}/follow-up/2009-T2/attachments/0/", signed_in(404), state="missing"),
    ]


EVIDENCE = [
    *rows_of("target", "/ako/targets/VT-2009-MR-2", the_target),
    *rows_of("action", "/ako/actions/TP-2009-MR-06", the_action),
    *secrecy_rows("target", "/ako/targets/VT-2009-MR-2", the_target),
    *secrecy_rows("action", "/ako/actions/TP-2009-MR-06", the_action),
]
