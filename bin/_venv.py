"""The virtual environment: made once, and filled anew only when the pinned packages change."""

import hashlib
import subprocess
import sys
from pathlib import Path

from _progress import step, stop_with

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# The tests' packages hold all of the portal's, with the same pins (tests/setup checks it).
REQUIREMENTS = {"start": "requirements.txt", "test": "requirements-dev.txt"}
STAMP = ENVIRONMENT / "installed"


def fingerprint(command: str, root: Path = ROOT) -> str:
    """Return what must stand in the stamp when the packages of the command are installed."""
    name = REQUIREMENTS[command]
    return f"{name} {hashlib.sha256((root / name).read_bytes()).hexdigest()}"


def stamps_of(command: str, root: Path = ROOT) -> list[str]:
    """Return the fingerprints that hold once the packages of the command are installed."""
    return [fingerprint("start", root)] + ([fingerprint("test", root)] if command == "test" else [])


def is_filled(command: str, stamp: Path = STAMP, root: Path = ROOT) -> bool:
    """Tell whether the stamp says that the packages of the command are installed as pinned."""
    return stamp.exists() and fingerprint(command, root) in stamp.read_text().splitlines()


def python_works() -> bool:
    """Tell whether the environment has a Python of 3.11 or later, and its packages.

    A system upgrade may take the Python away, or put a newer one in its place that finds no packages.
    """
    if not PYTHON.exists():
        return False
    check = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode == 0


def run(*command: str | Path) -> None:
    """Run quietly; show what it printed only when it failed."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode:
        stop_with("", result.stdout.strip()[-4000:])


def make_environment(command: str) -> None:
    """Make `.venv` and install what is pinned, as far as that is not done already."""
    works = python_works()
    if works and is_filled(command):
        return
    if not works:
        with step("Making the Python environment"):
            run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    with step(f"Installing the Python packages of {REQUIREMENTS[command]}"):
        run(
            *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"),
            # The files are whole: nothing is left to resolve. Where something is, an old pip looks at the
            # newest release of what another package wants with an extra, and fails for want of its hash.
            *("--require-hashes", "--no-deps", "--requirement", ROOT / REQUIREMENTS[command]),
        )
        run(PYTHON, "-m", "pip", "--disable-pip-version-check", "check")
        STAMP.write_text("\n".join(stamps_of(command)) + "\n")
