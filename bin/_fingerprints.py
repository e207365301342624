"""Tells whether something must be done again: by the content of the files that it was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("programme", "priorities", "workgroups", "reporting")
# What only shows or asks cannot change what a loader writes.
SHOWS_ONLY = ("views", "templatetags", "urls.py", "forms.py", "tables.py", "filters.py", "admin.py", "locale")


def fingerprint_of(paths: Iterable[Path], *more: str) -> str:
    """Return one short hash of the files' names and content, and of more words."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def schema_fingerprint() -> str:
    """Return the fingerprint of the migrations, our own and those of the pinned packages."""
    migrations = [path for app in APPS for path in (ROOT / app).glob("migrations/*.py")]
    return fingerprint_of([ROOT / "requirements.txt", *migrations])


def tables_fingerprint() -> str:
    """Return the fingerprint of all that decides tables, their triggers and the rights on them."""
    paths = [
        ROOT / "programme" / "settings.py",
        *ROOT.glob("*/management/commands/grant_portal_role.py"),
    ]
    for app in APPS:
        paths += [*(ROOT / app).glob("models.py"), *(ROOT / app).glob("models/**/*.py")]
    return fingerprint_of(paths, schema_fingerprint())


def data_fingerprint(*more: str) -> str:
    """Return the fingerprint of the data that comes with the portal."""
    return fingerprint_of((ROOT / "programme" / "data").glob("*.yaml"), *more)


def loader_fingerprint() -> str:
    """Return the fingerprint of all code that may decide what a loader writes."""
    paths = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if not set(path.relative_to(ROOT).parts) & set(SHOWS_ONLY):
                paths.append(path)
    return fingerprint_of(paths, tables_fingerprint(), data_fingerprint())


def static_fingerprint() -> str:
    """Return the fingerprint of the static files: our own by content, the packages' by their pins."""
    paths = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    return fingerprint_of([*paths, ROOT / "requirements.txt"])


def stale_catalogues() -> list[Path]:
    """Return the catalogues that have changed since they were compiled."""
    sources = (ROOT / "programme" / "locale").glob("*/LC_MESSAGES/*.po")
    return [
        source
        for source in sources
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
