"""Serves the portal on the loopback address until it is told to stop. Runs in the virtual environment."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from _database import exists, make_database, make_roles
from _fingerprints import ROOT
from _postgres import OWNER, PORTAL
from _prepare import prepare_database, prepare_files
from _processes import port_is_free, spawn, stop, wait_for
from _progress import step, stop_with
from _settings import (
    Database,
    given_database,
    manage,
    own_database,
    portal_environment,
    running_cluster,
    superuser_url,
    take_lock,
    var_directory,
)
from _venv import PYTHON

WEB = [
    *("-m", "gunicorn", "programme.wsgi:application", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--graceful-timeout", "2"),
]
WORKER = ["manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "2"]


def chosen_port() -> int:
    """Return the port to serve on; end where it is none, or in use."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop_with(f"PORT is “{text}”. It must be a number between 1 and 65535.")
    # The web server of a start that was just killed may need a moment to go.
    if not wait_for(lambda: port_is_free(int(text)), seconds=3):
        stop_with(f"Port {text} is in use by another program. Set PORT to another number.")
    return int(text)


def web_command(port: int) -> list[str | Path]:
    # The workers' heartbeat files belong in memory: on a slow disk a busy one looks dead.
    memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    return [PYTHON, *WEB, *memory, "--bind", f"127.0.0.1:{port}"]


def is_ready(port: int) -> bool:
    """Tell whether the portal says that it is ready. No proxy stands between us and ourselves."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def end_of(log: Path) -> list[str]:
    return [f"The end of {log}:", *log.read_text(errors="replace").splitlines()[-10:]]


class Served:
    """The processes of one running portal."""

    def __init__(self, stack: contextlib.ExitStack, environment: dict[str, str]) -> None:
        self.stack = stack
        self.environment = environment
        self.logs = Path(environment["PORTAL_VAR"]) / "log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def spawn(self, name: str, command: list[str | Path]) -> None:
        process = spawn(command, log=self.log_of(name), environment=self.environment, directory=ROOT)
        self.processes[name] = process
        self.stack.callback(stop, process)

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def check(self) -> None:
        """End where a process has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                stop_with("", f"The {name} process has ended by itself.", *end_of(self.log_of(name)))


def find_database(
    stack: contextlib.ExitStack, var: Path, *, is_empty: bool
) -> tuple[Database, Callable[[], bool]]:
    """Return the database to serve, and what tells whether its server still runs."""
    if given := given_database():
        return given, lambda: True
    cluster = stack.enter_context(
        running_cluster(var / "postgres", var / "log" / "postgres.log", is_fast=False)
    )
    make_roles(superuser_url(cluster))
    name = "punos_empty" if is_empty else "punos"
    if not exists(superuser_url(cluster), name):
        make_database(cluster.url(OWNER, "postgres"), name, PORTAL)
    server = cluster.server
    return own_database(cluster, name), lambda: server is not None and server.poll() is None


def serve(stack: contextlib.ExitStack, *, is_empty: bool) -> None:
    """Set all up, serve, and watch until something ends."""
    began = time.monotonic()
    var = var_directory()
    lock = take_lock(var / "start.lock")
    if lock is None:
        running = (var / "start.lock").read_text().strip()
        stop_with(
            f"The portal already runs on {var} (process {running}).",
            "Stop it, or set PORTAL_VAR and PORT to others.",
        )
    stack.enter_context(lock)
    port = chosen_port()
    database, database_lives = find_database(stack, var, is_empty=is_empty)
    environment = portal_environment(var, database.portal_url, has_sample=not is_empty)
    prepare_files(environment)
    prepare_database(database, environment, has_sample=not is_empty)

    served = Served(stack, environment)
    with step("Starting the web server and the worker"):
        served.spawn("web", web_command(port))
        served.spawn("worker", [PYTHON, *WORKER])
        until = time.monotonic() + 60
        while not is_ready(port):
            served.check()
            if time.monotonic() > until:
                stop_with("", "The portal does not get ready.", *end_of(served.log_of("web")))
            time.sleep(0.05)
    address = f"http://127.0.0.1:{port}"
    print(f"\nThe portal is ready after {time.monotonic() - began:.1f} s:  {address}/", flush=True)
    if is_empty:
        print(f"Make its first administrator at  {address}/account/first/")
    else:
        print(f"One click signs you in as one of the sample's people at  {address}/account/login/\n")
        print(manage(environment, "list_personas").rstrip())
    print(f"\nLogs are in {served.logs}. Ctrl-C stops the portal.", flush=True)
    while database_lives():
        served.check()
        time.sleep(0.3)
    stop_with("", "PostgreSQL has ended by itself.", *end_of(served.log_of("postgres")))


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupt)
    with contextlib.ExitStack() as stack:
        try:
            serve(stack, is_empty="--empty" in sys.argv[1:])
        except KeyboardInterrupt:
            print("\nStopping.", flush=True)
        finally:
            # Once is enough: a second Ctrl-C must not leave the database running.
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    main()
