"""Starting and stopping processes so that none outlives the command that started it."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def dies_with_parent(signal_number: int) -> Callable[[], None]:
    """Return what a child runs first, so that the kernel signals it when its parent is killed."""
    parent = os.getpid()

    def ask_kernel() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def spawn(
    command: list[str | Path],
    *,
    log: Path,
    environment: dict[str, str],
    directory: Path,
    death_signal: int = signal.SIGTERM,
    **identity: Any,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own (Ctrl-C reaches only us), its output in the log."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=dies_with_parent(death_signal),
            **identity,
        )


def stop(*processes: subprocess.Popen[bytes], with_signal: int = signal.SIGTERM, seconds: float = 3) -> None:
    """Ask the processes to end, all at once; after the seconds end their whole groups by force."""
    alive = [process for process in processes if process.poll() is None]
    for process in alive:
        process.send_signal(with_signal)
    until = time.monotonic() + seconds
    for process in alive:
        try:
            process.wait(max(0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def port_is_free(port: int) -> bool:
    """Tell whether the port on the loopback address can be bound."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port on the loopback address that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Wait until the condition holds; False when the seconds ran out first."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
