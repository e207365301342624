"""What a browser keeps in its profile, and how it dies without a word."""

import os
import signal
from pathlib import Path


def kill_browser(profile: Path) -> None:
    """End a browser so that no page hears of it; its lock names its process."""
    os.kill(int((profile / "SingletonLock").readlink().name.rsplit("-", 1)[1]), signal.SIGKILL)


def is_on_disk(profile: Path, words: str) -> bool:
    """Whether words that a page has kept in the browser would outlive it."""
    stored = (profile / "Default" / "Local Storage" / "leveldb").glob("*.log")
    return any(words.encode() in log.read_bytes() for log in stored)
