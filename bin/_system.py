"""What the commands need of the operating system: what proves that it is there, and how it is had.

Needs by function, not by package: a Python, browser or library from anywhere will do. Where something is
missing, Debian's package of it is named.
"""

import ctypes
import importlib.util
import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

BIN = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_BROWSERS = Path.home() / ".cache" / "ms-playwright"


class Need(NamedTuple):
    """One thing that a command needs, and Debian's package of it."""

    command: str
    package: str
    kind: str
    names: list[str]


def read_needs(text: str) -> list[Need]:
    """Return the needs listed in the text of `_packages.txt`."""
    needs = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            command, package, proof = line.split()
            kind, _, names = proof.partition(":")
            needs.append(Need(command, package, kind, names.split("|")))
    return needs


def module_is_there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def library_is_there(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def program_is_there(name: str) -> bool:
    return shutil.which(name) is not None


def certificates_are_there(_name: str) -> bool:
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())))


def find_browser() -> str | None:
    """Return the path of a Chromium: the system's, else one that Playwright has installed before."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    installed = sorted(PLAYWRIGHT_BROWSERS.glob("chromium-*/chrome-linux*/chrome"))
    return str(installed[-1]) if installed else None


def browser_is_there(_name: str) -> bool:
    # Where there is no apt, Playwright's own browser is installed later, with the Python packages.
    return find_browser() is not None or shutil.which("apt-get") is None


PROOFS: dict[str, Callable[[str], bool]] = {
    "module": module_is_there,
    "library": library_is_there,
    "program": program_is_there,
    "certificates": certificates_are_there,
    "browser": browser_is_there,
}


def missing_packages(command: str, needs: list[Need]) -> list[str]:
    """Return the packages that the command lacks here. The tests need all that the start needs."""
    wanted = {"start": {"start"}, "test": {"start", "test"}}[command]
    return [
        need.package
        for need in needs
        if need.command in wanted and not any(PROOFS[need.kind](name) for name in need.names)
    ]


def install_missing_packages(command: str) -> None:
    """Install what is missing, or end with the one line that would."""
    missing = missing_packages(command, read_needs((BIN / "_packages.txt").read_text()))
    if missing and subprocess.run([BIN / "_apt.sh", *missing], check=False).returncode:
        raise SystemExit(1)
