"""Rows of the ledger import: the finance officer acts, others who watch over the programme read."""

import datetime

from programme.ledger import mending
from programme.ledger.mending import Given
from programme.models import LedgerCorrection, LedgerFile, LedgerImport, Programme
from tests.access_rows import Row, page, signed_in, verb
from tests.factories import ako
from tests.personas import person
from tests.programme.ledger.files import ROWS, as_csv, brought_in, checked, imported

IMPORT = "/ako/finance/import/"

READS = {"read_unfinished": 200, "finance": 200, "admin": 200}
READ = signed_in(404, **READS)
# Without htmx, progress is a part of the file's own page.
FORWARD = signed_in(404, read_unfinished=302, finance=302, admin=302)
REFUSED = {"read_unfinished": 403, "admin": 403}


def acts(finance: int) -> dict[str, int | str]:
    """Return the answers of an act: the finance officer's; those who read are refused, others see nothing."""
    return signed_in(404, **REFUSED, finance=finance)


def a_file() -> None:
    brought_in(as_csv())


def a_checked_file() -> None:
    checked(as_csv())


def a_file_with_a_fault() -> None:
    checked(as_csv([(*ROWS[0][:6], "noin sata")]))


def a_corrected_file() -> None:
    a_file_with_a_fault()
    file = LedgerFile.objects.latest("pk")
    given = [Given("amount", "noin sata", "100.00", row=2)]
    mending.mend(file, actor=person("finance"), given=given, version=file.version)
    LedgerFile.objects.filter(pk=file.pk).update(stage=LedgerFile.Stage.CHECKED)


def taken_back() -> bool:
    return LedgerCorrection.objects.latest("pk").given == ""


def of_correction() -> str:
    return of_file(f"corrections/{LedgerCorrection.objects.latest('pk').pk}/take-back/")


def an_import() -> None:
    imported(as_csv())


def a_file_of_a_closed_programme() -> None:
    a_checked_file()
    Programme.objects.filter(pk=ako().pk).update(closed_on=datetime.date(2009, 9, 9))


def of_file(place: str = "") -> str:
    return f"{IMPORT}files/{LedgerFile.objects.latest('pk').pk}/{place}"


def of_import(place: str = "") -> str:
    return f"{IMPORT}{LedgerImport.objects.latest('pk').pk}/{place}"


def reverted() -> bool:
    return LedgerImport.objects.latest("pk").reverted_at is not None


LEDGER = [
    page("programme:ledger-import-list", IMPORT, READ),
    page("programme:ledger-template", f"{IMPORT}template.xlsx", READ),
    Row("programme:ledger-file-create", f"{IMPORT}new/", acts(200), acts(422)),
    Row(
        "programme:ledger-file-create",
        f"{IMPORT}new/",
        acts(403),
        acts(403),
        a_file_of_a_closed_programme,
        state="closed",
    ),
    page("programme:ledger-file", of_file, READ, given=a_checked_file, state="checked"),
    # Whoever may choose its columns is led to them.
    page("programme:ledger-file", of_file, READ | {"finance": 302}, given=a_file, state="opened"),
    page("programme:ledger-file-progress", lambda: of_file("progress/"), FORWARD, given=a_file),
    Row("programme:ledger-file-columns", lambda: of_file("columns/"), acts(200), acts(422), a_file),
    verb(
        "programme:ledger-file-check",
        lambda: of_file("check/"),
        acts(302),
        given=a_checked_file,
        typed={"version": "2"},
    ),
    verb(
        "programme:ledger-file-confirm",
        lambda: of_file("confirm/"),
        acts(302),
        given=a_checked_file,
        typed={"version": "2", "stated_total": "1734,50"},
    ),
    verb(
        "programme:ledger-file-confirm",
        lambda: of_file("confirm/"),
        acts(422),
        given=a_checked_file,
        typed={"version": "2", "stated_total": "1734,49"},
        state="another total",
    ),
    verb(
        "programme:ledger-file-mend",
        lambda: of_file("mend/"),
        acts(302),
        given=a_file_with_a_fault,
        typed={"version": "2", "cell-2-amount": "100,00"},
        is_done=lambda: LedgerCorrection.objects.exists(),
    ),
    verb(
        "programme:ledger-file-mend",
        lambda: of_file("mend/"),
        acts(422),
        given=a_file_with_a_fault,
        typed={"version": "2"},
        state="nothing given",
    ),
    verb(
        "programme:ledger-file-take-back",
        of_correction,
        acts(302),
        given=a_corrected_file,
        typed={"version": "3"},
        is_done=taken_back,
    ),
    verb("programme:ledger-file-drop", lambda: of_file("drop/"), acts(302), given=a_checked_file),
    verb(
        "programme:ledger-file-drop",
        lambda: of_file("drop/"),
        acts(403),
        given=a_file_of_a_closed_programme,
        state="closed",
    ),
    page("programme:ledger-file-original", lambda: of_file("original/"), READ, given=a_checked_file),
    page("programme:ledger-file-faults-xlsx", lambda: of_file("faults.xlsx"), READ, given=a_checked_file),
    page("programme:ledger-file-faults-csv", lambda: of_file("faults.csv"), READ, given=a_checked_file),
    page("programme:ledger-import-detail", of_import, READ, given=an_import),
    verb(
        "programme:ledger-import-revert",
        lambda: of_import("revert/"),
        acts(302),
        given=an_import,
        typed={"reason": "Väärä kausi"},
        is_done=reverted,
    ),
]
