"""What a portal on this machine is given: its directory, its secrets, its environment, its databases."""

import contextlib
import fcntl
import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from _database import check_given
from _fingerprints import ROOT
from _postgres import OWNER, PORTAL, SUPERUSER, Cluster
from _progress import step, stop_with
from _venv import PYTHON

SAMPLE_DAY = "2009-09-09"


class Database(NamedTuple):
    """One database, as its owner and as the portal's own role, which owns nothing."""

    owner_url: str
    portal_url: str
    portal_role: str


def var_directory() -> Path:
    """Return the directory of all that the portal keeps on this machine."""
    var = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
    furnish(var)
    return var


def furnish(var: Path) -> None:
    """Make the directory and what every portal's has in it."""
    try:
        (var / "log").mkdir(parents=True, exist_ok=True)
        (var / "secrets").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        stop_with(f"PORTAL_VAR cannot be used: {error}")


def take_lock(path: Path) -> IO[str] | None:
    """Return the held lock, or None where another process holds it.

    The lock goes with the process, however that ends.
    """
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def secret_key(var: Path) -> str:
    """Return the secret key, made once."""
    path = var / "secrets" / "secret_key"
    if not path.exists():
        unfinished = path.with_suffix(".new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
        unfinished.replace(path)
    return path.read_text()


def portal_environment(var: Path, database_url: str, *, has_sample: bool) -> dict[str, str]:
    """Return the environment of a portal on the loopback address. The owner's address is not in it."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_OWNER_URL", "PORTAL_TODAY", "GUNICORN_CMD_ARGS", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {
        "DATABASE_URL": database_url,
        "PORTAL_HOSTS": "localhost,127.0.0.1,[::1]",
        "PORTAL_PLAIN_HTTP": "yes",
        "PORTAL_SAMPLE": "yes" if has_sample else "no",
        "PORTAL_SECRET_KEY": os.environ.get("PORTAL_SECRET_KEY") or secret_key(var),
        "PORTAL_VAR": str(var),
    }
    if has_sample:
        environment["PORTAL_TODAY"] = SAMPLE_DAY
    return environment


def given_database() -> Database | None:
    """Return the database that the environment names, if it names one."""
    portal_url, owner_url = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not portal_url:
        return None
    if not owner_url:
        stop_with(
            "DATABASE_URL is set, but DATABASE_OWNER_URL is not.",
            "Set it to the same database as the role that owns its tables;",
            "DATABASE_URL is the portal's own role, which owns none.",
        )
    check_given("DATABASE_OWNER_URL", owner_url)
    return Database(owner_url, portal_url, check_given("DATABASE_URL", portal_url))


def own_database(cluster: Cluster, name: str) -> Database:
    """Return a database of a cluster of ours; it need not be there yet."""
    return Database(cluster.url(OWNER, name), cluster.url(PORTAL, name), PORTAL)


@contextlib.contextmanager
def running_cluster(directory: Path, log: Path, *, is_fast: bool) -> Iterator[Cluster]:
    """Run a cluster of ours, and stop it at the end, whatever the end is."""
    cluster = Cluster(directory, log, is_fast=is_fast)
    try:
        with step(f"Starting PostgreSQL {cluster.binaries.version}"):
            cluster.start()
        yield cluster
    finally:
        cluster.stop()


def superuser_url(cluster: Cluster) -> str:
    return cluster.url(SUPERUSER, "postgres")


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed; show all it said and end where it fails."""
    result = subprocess.run(
        [PYTHON, ROOT / "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        stop_with("", f"manage.py {' '.join(arguments)}", (result.stdout + result.stderr).strip())
    return result.stdout
