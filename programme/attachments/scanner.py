"""Talks to clamd, the daemon of the ClamAV virus scanner: INSTREAM over a socket of machine or net."""

import contextlib
import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

PATIENCE = 60  # seconds for one answer
BLOCK = 64 * 1024
LONGEST_ANSWER = 4096
CLEAN = re.compile(r"stream: OK")
FOUND = re.compile(r"stream: (.+) FOUND")


class ScannerAwayError(Exception):
    """The scanner is not there, or gave no judgement: the file waits on."""


@dataclass(frozen=True)
class Judgement:
    """What the scanner says of a file: the name of what it found, empty where nothing was."""

    found: str

    @property
    def is_clean(self) -> bool:
        return not self.found


def scan(content: bytes) -> Judgement:
    """Have the scanner look a file through. Raises ScannerAwayError where it gives no judgement."""
    try:
        with _connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for place in range(0, len(content), BLOCK):
                block = content[place : place + BLOCK]
                connection.sendall(struct.pack(">I", len(block)) + block)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer_of(connection)
    except OSError as error:
        raise ScannerAwayError(str(error)) from error
    if CLEAN.fullmatch(answer):
        return Judgement("")
    if found := FOUND.fullmatch(answer):
        return Judgement(found[1][:200])
    raise ScannerAwayError(answer or "The scanner hung up.")


@contextlib.contextmanager
def _connected() -> Iterator[socket.socket]:
    kind, _separator, place = settings.SCANNER.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        with connection:
            connection.connect(place)
            yield connection
    else:
        host, _colon, port = place.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE) as connection:
            yield connection


def _answer_of(connection: socket.socket) -> str:
    """Read up to the zero that ends an answer; a scanner that hangs up has said what it had to say."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        block = connection.recv(BLOCK)
        if not block:
            break
        answer += block
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
