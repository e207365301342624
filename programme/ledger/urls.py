"""Addresses of the ledger import."""

from django.urls import path

from programme.views import ledger, ledger_acts, ledger_mending

IMPORT = "<slug:programme>/finance/import/"
FILE, ONE = f"{IMPORT}files/<int:pk>/", f"{IMPORT}<int:pk>/"

ledger_patterns = [
    path(IMPORT, ledger.LedgerImportList.as_view(), name="ledger-import-list"),
    path(f"{IMPORT}new/", ledger_acts.ledger_file_create, name="ledger-file-create"),
    path(f"{IMPORT}template.xlsx", ledger.ledger_template, name="ledger-template"),
    path(FILE, ledger.ledger_file, name="ledger-file"),
    path(f"{FILE}progress/", ledger.ledger_file_progress, name="ledger-file-progress"),
    path(f"{FILE}columns/", ledger_acts.ledger_file_columns, name="ledger-file-columns"),
    path(f"{FILE}check/", ledger_acts.ledger_file_check, name="ledger-file-check"),
    path(f"{FILE}mend/", ledger_mending.ledger_file_mend, name="ledger-file-mend"),
    path(
        f"{FILE}corrections/<int:correction>/take-back/",
        ledger_mending.ledger_file_take_back,
        name="ledger-file-take-back",
    ),
    path(f"{FILE}confirm/", ledger_acts.ledger_file_confirm, name="ledger-file-confirm"),
    path(f"{FILE}drop/", ledger_acts.ledger_file_drop, name="ledger-file-drop"),
    path(f"{FILE}original/", ledger.ledger_file_original, name="ledger-file-original"),
    path(f"{FILE}faults.xlsx", ledger.ledger_file_told, {"kind": "xlsx"}, name="ledger-file-faults-xlsx"),
    path(f"{FILE}faults.csv", ledger.ledger_file_told, {"kind": "csv"}, name="ledger-file-faults-csv"),
    path(ONE, ledger.ledger_import_detail, name="ledger-import-detail"),
    path(f"{ONE}revert/", ledger_acts.ledger_import_revert, name="ledger-import-revert"),
]
