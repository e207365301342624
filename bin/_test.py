"""Runs every check, or pytest alone with the arguments given. Runs in the virtual environment."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from _database import exists, make_database, make_roles, read_stamps, write_stamps
from _fingerprints import ROOT, loader_fingerprint, schema_fingerprint
from _prepare import load, prepare_files, prepare_tables
from _progress import step, stop_with
from _settings import (
    Database,
    furnish,
    given_database,
    own_database,
    portal_environment,
    running_cluster,
    superuser_url,
    take_lock,
    var_directory,
)
from _system import find_browser
from _venv import PYTHON

SCHEMA, LOADED = "punos_test_schema", "punos_test_loaded"
# Each process of the tests copies the loaded one; what connects before has lost its way, to no database.
NOWHERE = "punos_test_nowhere"
# Two, whatever the machine: each has a browser, a portal and a database at work beside it.
PROCESSES = ["--numprocesses", "2", "--dist", "loadscope"]
CHECKS: dict[str, list[str | Path]] = {
    "style": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "templates": [PYTHON.parent / "djade", "--check", "--target-version", "5.2"],
    "types": [PYTHON, "-m", "mypy", "."],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}
TESTS: dict[str, list[str | Path]] = {"tests": [PYTHON, "-m", "pytest", "--cov", *PROCESSES]}


def take_directory(stack: contextlib.ExitStack, var: Path) -> Path:
    """Return a directory for this run alone: several may go on at once, and each keeps what is warm."""
    number = 1
    while True:
        directory = var / f"test-{number}"
        furnish(directory)
        if lock := take_lock(directory / "test.lock"):
            stack.enter_context(lock)
            return directory
        number += 1


def browser() -> str:
    """Return a browser, Playwright's own where the system has none; without one the tests do not run."""
    if not find_browser():
        with step("Installing a browser"):
            subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=False)
    found = find_browser()
    if not found:
        stop_with("The tests need a browser. Install the package chromium, then run this again.")
    return found


def named(server: Database, name: str) -> Database:
    """Return another database on the same server, with the same roles."""
    return server._replace(
        owner_url=urlsplit(server.owner_url)._replace(path=f"/{name}").geturl(),
        portal_url=urlsplit(server.portal_url)._replace(path=f"/{name}").geturl(),
    )


def find_server(stack: contextlib.ExitStack, directory: Path) -> Database:
    """Return a database of the server to test on; only other databases on it are made and changed."""
    if given := given_database():
        return given
    cluster = stack.enter_context(
        running_cluster(directory / "postgres", directory / "log" / "postgres.log", is_fast=True)
    )
    make_roles(superuser_url(cluster))
    return own_database(cluster, "postgres")


def prepare_templates(server: Database, environment: dict[str, str]) -> None:
    """Make two databases that tests copy: one with empty tables, one with programme and sample loaded."""
    schema, loaded = named(server, SCHEMA), named(server, LOADED)
    if stamp_of(server, schema, SCHEMA, "schema") != schema_fingerprint():
        make_database(server.owner_url, SCHEMA, server.portal_role)
    prepare_tables(schema, environment)
    if stamp_of(server, loaded, LOADED, "loaded") != loader_fingerprint():
        make_database(server.owner_url, LOADED, server.portal_role, template=SCHEMA)
        load(loaded, environment)
        write_stamps(loaded.owner_url, {"loaded": loader_fingerprint()})


def stamp_of(server: Database, database: Database, name: str, stamp: str) -> str | None:
    """Return what a database of ours says it was made from; nothing where there is none."""
    return read_stamps(database.owner_url).get(stamp) if exists(server.owner_url, name) else None


def run_checks(checks: dict[str, list[str | Path]], environment: dict[str, str]) -> int:
    """Run all checks, whatever fails; say at the end how long each took, and return an exit code."""
    results = []
    for name, command in checks.items():
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        results.append((name, time.monotonic() - began, code))
    print()
    for name, seconds, code in results:
        print(f"{name:<12}{seconds:7.1f} s   {'FAILED' if code else 'passed'}")
    return 1 if any(code for _name, _seconds, code in results) else 0


def main(arguments: list[str]) -> int:
    # Stopped from outside, the databases are stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with contextlib.ExitStack() as stack:
        directory = take_directory(stack, var_directory())
        program = browser()
        server = find_server(stack, directory)
        environment = portal_environment(directory, server.portal_url, has_sample=True)
        prepare_files(environment)
        prepare_templates(server, environment)
        environment |= {
            "DATABASE_URL": named(server, LOADED).portal_url,
            "DATABASE_OWNER_URL": server.owner_url,
            "DJANGO_SETTINGS_MODULE": "programme.settings",
            "PORTAL_TEST_BROWSER": program,
            "PORTAL_TEST_SCHEMA": SCHEMA,
            "PORTAL_TEST_LOADED": LOADED,
            "COVERAGE_FILE": str(directory / "coverage"),
        }
        for_tests = environment | {"DATABASE_URL": named(server, NOWHERE).portal_url}
        if arguments:
            return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, env=for_tests).returncode
        templates: list[str | Path] = [
            path.relative_to(ROOT) for path in sorted((ROOT / "templates").rglob("*.html"))
        ]
        failed = run_checks({**CHECKS, "templates": CHECKS["templates"] + templates}, environment)
        return run_checks(TESTS, for_tests) or failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
