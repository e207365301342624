"""The processes of one running portal: web server and worker."""

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from _fingerprints import ROOT
from _processes import spawn, stop
from _progress import stop_with
from _venv import PYTHON

WEB = [
    *("-m", "gunicorn", "programme.wsgi:application", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--graceful-timeout", "2"),
]
WORKER = ["manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "2"]
# Seconds; a machine that is busy with other things takes its time.
PATIENCE = 180
# The web workers' heartbeat files belong in memory: on a slow disk a busy worker looks dead.
MEMORY = "/dev/shm"  # noqa: S108


def is_ready(address: str) -> bool:
    """Tell whether the portal says that it is ready. No proxy stands between us and ourselves."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def end_of(log: Path) -> list[str]:
    return [f"The end of {log}:", *log.read_text(errors="replace").splitlines()[-10:]]


class Served:
    """A portal that runs until the stack that it was given is closed."""

    def __init__(
        self, stack: contextlib.ExitStack, environment: dict[str, str], port: int, logs: Path
    ) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        # What papers print as the place to verify them.
        self.environment = {"PORTAL_ADDRESS": self.address} | environment
        self.logs = logs
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        stack.callback(self.stop)

    def start(self) -> None:
        """Start the web server and the worker, and wait until the portal is ready."""
        memory = ["--worker-tmp-dir", MEMORY] if os.access(MEMORY, os.W_OK) else []
        self.spawn("web", [PYTHON, *WEB, *memory, "--bind", f"127.0.0.1:{self.port}"])
        self.spawn("worker", [PYTHON, *WORKER])
        until = time.monotonic() + PATIENCE
        while not is_ready(self.address):
            self.check()
            if time.monotonic() > until:
                stop_with("", "The portal does not get ready.", *end_of(self.log_of("web")))
            time.sleep(0.05)

    def stop(self) -> None:
        stop(*self.processes.values())

    def spawn(self, name: str, command: list[str | Path]) -> None:
        process = spawn(command, log=self.log_of(name), environment=self.environment, directory=ROOT)
        self.processes[name] = process

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def check(self) -> None:
        """End where a process has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                stop_with("", f"The {name} process has ended by itself.", *end_of(self.log_of(name)))
