"""The cache is a table: what is counted in one process holds in every other, on whatever machine."""

import importlib
import io
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.factories import make_person
from tests.personas import make_browser

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "kolmetoista harmaata kurkea"
SIGN_IN = """
import django; django.setup()
from django.test import Client
browser = Client(SERVER_NAME="localhost")
browser.post("/account/login/", {"login": "anna@example.test", "password": %r})
print("in" if browser.get("/account/").status_code == 200 else "out")
"""


def sign_in_elsewhere(database: str) -> str:
    """Sign Anna in, with her right password, in a process of its own; return whether she is in or out."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    return subprocess.run(
        [sys.executable, "-c", SIGN_IN % PASSWORD],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()


def test_wrong_passwords_in_one_process_close_the_door_in_another(committed_database):
    make_person("Anna", email="anna@example.test", password=PASSWORD)
    assert sign_in_elsewhere(committed_database) == "in"
    for _ in range(5):
        make_browser().post("/account/login/", {"login": "anna@example.test", "password": "väärä"})
    assert sign_in_elsewhere(committed_database) == "out"


@pytest.mark.django_db
def test_the_migration_makes_what_the_command_would_make():
    migration = importlib.import_module("programme.migrations.0002_cache_table")
    assert settings.CACHES["default"]["LOCATION"] == migration.TABLE
    # The command is silent of a table that is there already: it is asked for one of another name.
    elsewhere = {"default": settings.CACHES["default"] | {"LOCATION": "another_cache"}}
    said = io.StringIO()
    with override_settings(CACHES=elsewhere):
        call_command("createcachetable", dry_run=True, stdout=said)
    made = " ".join(migration.MAKE).replace(migration.TABLE, "another_cache")
    assert made.split() == said.getvalue().split()


def test_only_what_counts_tries_uses_the_cache():
    apps = ("programme", "priorities", "workgroups", "reporting")
    modules = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    users = [
        path for path in modules if "django.core.cache" in path.read_text() and path.name != "settings.py"
    ]
    assert sorted(path.relative_to(ROOT).as_posix() for path in users) == [
        "programme/administration/invitations.py",
        "programme/views/accounts.py",
    ]
    templates = (ROOT / "templates").rglob("*.*")
    assert [path.name for path in templates if "{% cache" in path.read_text()] == []
