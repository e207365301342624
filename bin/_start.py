"""Serves the portal on the loopback address until it is told to stop. Runs in the virtual environment."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from _database import exists, make_database, make_roles
from _postgres import OWNER, PORTAL
from _prepare import prepare_database, prepare_files
from _processes import port_is_free, wait_for
from _progress import step, stop_with
from _serve import Served, end_of
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

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def chosen_port() -> int:
    """Return the port to serve on; end where it is none, or in use."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop_with(f"PORT is “{text}”. It must be a number between 1 and 65535.")
    # The web server of a start that was just killed may need a moment to go.
    if not wait_for(lambda: port_is_free(int(text)), seconds=3):
        stop_with(f"Port {text} is in use by another program. Set PORT to another number.")
    return int(text)


def hold_alone(stack: contextlib.ExitStack, var: Path) -> None:
    """Keep the directory for this start alone; end where another one has it."""
    lock = take_lock(var / "start.lock")
    if lock is None:
        running = (var / "start.lock").read_text().strip()
        stop_with(
            f"The portal already runs on {var} (process {running}).",
            "Stop it, or set PORTAL_VAR and PORT to others.",
        )
    stack.enter_context(lock)


def find_database(
    stack: contextlib.ExitStack, var: Path, *, is_empty: bool
) -> tuple[Database, Callable[[], bool]]:
    """Return the database to serve, and what tells whether a server of ours still runs."""
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
    hold_alone(stack, var)
    port = chosen_port()
    database, database_lives = find_database(stack, var, is_empty=is_empty)
    environment = portal_environment(var, database.portal_url, has_sample=not is_empty)
    prepare_files(environment)
    prepare_database(database, environment, has_sample=not is_empty)
    served = Served(stack, environment, port, var / "log")
    with step("Starting the web server and the worker"):
        served.start()

    print(f"\nThe portal is ready after {time.monotonic() - began:.1f} s:  {served.address}/", flush=True)
    if is_empty:
        print(f"Make its first administrator at  {served.address}/account/first/")
    else:
        print(f"One click signs you in as one of the sample's people at  {served.address}/account/login/\n")
        print(manage(environment, "list_personas").rstrip())
    print(f"\nLogs are in {served.logs}. Ctrl-C stops the portal.", flush=True)

    while database_lives():
        served.check()
        time.sleep(0.3)
    stop_with("", "PostgreSQL has ended by itself.", *end_of(served.log_of("postgres")))


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    for number in SIGNALS:
        signal.signal(number, interrupt)
    with contextlib.ExitStack() as stack:
        try:
            serve(stack, is_empty="--empty" in sys.argv[1:])
        except KeyboardInterrupt:
            print("\nStopping.", flush=True)
        finally:
            # Once is enough: a second Ctrl-C must not leave the database running.
            for number in SIGNALS:
                signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    main()
