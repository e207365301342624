"""Plain progress lines, each with its time: `Making the environment … 3.2 s`."""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import NoReturn


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done, and at its end how long it took."""
    print(f"{title} …", end=" ", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def stop_with(*lines: str) -> NoReturn:
    """End the command with a message for the person who gave it."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)
    raise SystemExit(1)
