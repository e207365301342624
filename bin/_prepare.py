"""Brings a database, the message catalogues and the static files up to date, as far as they are not."""

from pathlib import Path

from _database import read_stamps, write_stamps
from _fingerprints import (
    data_fingerprint,
    schema_fingerprint,
    stale_catalogues,
    static_fingerprint,
    tables_fingerprint,
)
from _progress import step
from _settings import SAMPLE_DAY, Database, manage


def prepare_files(environment: dict[str, str]) -> None:
    """Compile the catalogues and collect the static files, where they have changed."""
    if stale_catalogues():
        with step("Compiling the message catalogues"):
            manage(environment, "compile_catalogues")
    stamp = Path(environment["PORTAL_VAR"]) / "static.stamp"
    fingerprint = static_fingerprint()
    if not stamp.exists() or stamp.read_text() != fingerprint:
        with step("Collecting the static files"):
            manage(environment, "collectstatic", "--no-input", "--clear")
            stamp.write_text(fingerprint)


def prepare_tables(database: Database, environment: dict[str, str]) -> None:
    """Migrate as the owner and give the portal's role its rights, where anything of either has changed.

    Migrating also puts the triggers in place, which follow the models and stand in no migration.
    """
    stamps = read_stamps(database.owner_url)
    if stamps.get("tables") == tables_fingerprint():
        return
    as_owner = {**environment, "DATABASE_URL": database.owner_url}
    with step("Migrating the database"):
        manage(as_owner, "migrate", "--no-input")
    with step("Granting the portal's role its rights"):
        manage(as_owner, "grant_portal_role", "--role", database.portal_role)
    made = {"schema": schema_fingerprint(), "tables": tables_fingerprint()}
    write_stamps(database.owner_url, {**stamps, **made})


def load(database: Database, environment: dict[str, str]) -> None:
    """Load the programme and its sample year, as the portal's own role."""
    as_portal = {**environment, "DATABASE_URL": database.portal_url}
    with step("Loading the programme"):
        manage(as_portal, "load_programme")
    with step(f"Loading the sample as it was known on {SAMPLE_DAY}"):
        manage(as_portal, "load_sample", "--as-of", SAMPLE_DAY)


def prepare_database(database: Database, environment: dict[str, str], *, has_sample: bool) -> None:
    """Migrate and load, each only when what it is made from has changed since."""
    prepare_tables(database, environment)
    stamps, data = read_stamps(database.owner_url), data_fingerprint(SAMPLE_DAY)
    if has_sample and stamps.get("data") != data:
        load(database, environment)
        write_stamps(database.owner_url, {**stamps, "data": data})
