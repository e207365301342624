"""Rows of the table of access: how bodies word their proposals and decisions."""

from programme.models import Body, DecisionTemplate
from tests.access_members import closed_programme
from tests.access_rows import Row, page, signed_in

BOARD, GROUP, NONE = (f"/ako/bodies/{code}/wordings/" for code in ("BODY-SH", "BODY-WG-HP", "BODY-NONE"))
TYPED = {"use": "toimintakertomus", "proposal": "Hyväksytään {kausi}.", "text": "Hyväksyttiin."}
KEPT = signed_in(403, secretary=200, office=200)
WORDING = 9_000_001


def a_wording() -> None:
    body = Body.objects.get(code="BODY-SH")
    DecisionTemplate.objects.create(
        pk=WORDING, body=body, code="DT-901", use="toimintakertomus", proposal="Ehdotus.", text="Päätös."
    )


WORDINGS = [
    page("workgroups:wording-list", BOARD, KEPT),
    page("workgroups:wording-list", GROUP, KEPT | {"coordinator-hp": 200}, state="of a group"),
    page("workgroups:wording-list", NONE, signed_in(404), state="of no body"),
    Row("workgroups:wording-create", f"{BOARD}new/", KEPT, signed_in(403, secretary=422, office=422)),
    Row(
        "workgroups:wording-create",
        f"{BOARD}new/",
        KEPT,
        signed_in(403, secretary=302, office=302),
        typed=TYPED,
        state="typed",
    ),
    Row(
        "workgroups:wording-create",
        f"{BOARD}new/",
        signed_in(403),
        signed_in(403),
        closed_programme,
        state="closed programme",
    ),
    Row(
        "workgroups:wording-edit",
        f"{BOARD}{WORDING}/",
        KEPT,
        signed_in(403, secretary=302, office=302),
        a_wording,
        typed={"proposal": "Uusi.", "text": "Päätös."},
    ),
    Row(
        "workgroups:wording-edit",
        f"{GROUP}{WORDING}/",
        signed_in(403, secretary=404, office=404) | {"coordinator-hp": 404},
        signed_in(403, secretary=404, office=404) | {"coordinator-hp": 404},
        a_wording,
        state="of another body",
    ),
]
