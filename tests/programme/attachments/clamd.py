"""A small clamd on the loopback address: it speaks the real protocol, and finds what it is told to find."""

import contextlib
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.programme.attachments.made import EICAR


class _Conversation(socketserver.StreamRequestHandler):
    """One command: zINSTREAM, then blocks with their lengths before them, up to one of no length."""

    def handle(self) -> None:
        if self._word() != b"zINSTREAM":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > self.server.largest:  # type: ignore[attr-defined]
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)  # type: ignore[attr-defined]
        if self.server.hangs_up:  # type: ignore[attr-defined]
            return
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")

    def _word(self) -> bytes:
        word = b""
        while (sign := self.rfile.read(1)) not in (b"\0", b""):
            word += sign
        return word


class _Manner:
    """What the scanner was sent, file by file, and how it behaves."""

    daemon_threads = True
    seen: list[bytes]
    largest: int
    hangs_up: bool


class _OnTheNet(_Manner, socketserver.ThreadingTCPServer):
    pass


class _OnTheMachine(_Manner, socketserver.ThreadingUnixStreamServer):
    pass


@contextlib.contextmanager
def a_scanner(
    socket: Path | None = None, *, largest: int = 2**40, hangs_up: bool = False
) -> Iterator[tuple[str, list[bytes]]]:
    """Run a scanner; gives what PORTAL_SCANNER says of it, and what it was sent, file by file."""
    server: _OnTheNet | _OnTheMachine
    if socket is not None:
        server, place = _OnTheMachine(str(socket), _Conversation), f"unix:{socket}"
    else:
        server = _OnTheNet(("127.0.0.1", 0), _Conversation)
        place = f"tcp:127.0.0.1:{server.server_address[1]}"
    seen: list[bytes] = []
    server.seen, server.largest, server.hangs_up = seen, largest, hangs_up
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield place, seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
