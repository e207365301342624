"""One PostgreSQL cluster of our own: durable for `bin/start`, fast and forgetful for `bin/test`.

It listens on a socket only, in a private directory of a short name, and lets in nobody but the system user
who started it.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from _postgres_binaries import (
    Binaries,
    anyone_reaches,
    choose,
    embedded_binaries,
    reachable_copy,
    system_binaries,
)
from _processes import spawn, stop, wait_for
from _progress import stop_with

SUPERUSER, OWNER, PORTAL = "postgres", "punos_owner", "punos_portal"
# A socket's path may be 107 bytes long, its own name `/.s.PGSQL.5432` included.
LONGEST_SOCKET_DIRECTORY = 107 - len("/.s.PGSQL.5432")
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}


def collation_options(major: int) -> list[str]:
    """Return options of initdb that order by code point and know that ä is the lower case of Ä."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def database_url(role: str, socket_directory: Path, database: str) -> str:
    # The directory stands in the query: as a host name its capital letters would be lost.
    return f"postgresql://{role}@/{database}?host={quote(str(socket_directory), safe='')}"


def short_directory() -> Path:
    """Make a private directory for the socket; the system's own place for such things may be too deep."""
    directory = tempfile.mkdtemp(prefix="punos-")
    if len(directory) > LONGEST_SOCKET_DIRECTORY:
        Path(directory).rmdir()
        directory = tempfile.mkdtemp(prefix="punos-", dir="/tmp")
    return Path(directory)


class Cluster:
    """A directory of databases and the server that runs on it."""

    def __init__(self, directory: Path, log: Path, *, is_fast: bool) -> None:
        self.directory = directory
        self.log = log
        self.is_fast = is_fast
        self.socket_directory: Path | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.account = self.find_account()
        self.binaries = self.find_binaries()

    def url(self, role: str, database: str) -> str:
        """Return the address of a database, once the server runs."""
        assert self.socket_directory is not None  # noqa: S101 -- for the type checker: start() sets it
        return database_url(role, self.socket_directory, database)

    def start(self) -> None:
        """Start the server, making the cluster first where there is none."""
        self.end_earlier_server()
        if not (self.directory / "PG_VERSION").exists():
            self.make()
        self.write_access_rules()
        self.socket_directory = short_directory()
        self.hand_over(self.socket_directory)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_directory),
            "timezone": "UTC",
            **(FAST if self.is_fast else {}),
        }
        # The data directory is named by way of the server's own working directory, which it may be in
        # without being able to walk to: root's home is closed to the user who runs the server.
        command: list[str | Path] = [self.binaries.directory / "postgres", "-D", "/proc/self/cwd"]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.server = spawn(
            command,
            log=self.log,
            environment=self.environment(),
            directory=self.directory,
            death_signal=signal.SIGINT,
            **self.identity(),
        )
        # After a power cut the log is replayed first, which may take its time.
        if not wait_for(self.answers_or_ended, seconds=120) or self.server.poll() is not None:
            tail = self.log.read_text(errors="replace").splitlines()[-5:]
            self.stop()
            stop_with("", "PostgreSQL did not start. The end of its log:", *tail)

    def stop(self) -> None:
        """Stop the server and remove its socket directory. Committed work is safe."""
        if self.server:
            stop(self.server, with_signal=signal.SIGINT, seconds=15)
        if self.socket_directory:
            shutil.rmtree(self.socket_directory, ignore_errors=True)

    def find_account(self) -> pwd.struct_passwd:
        """Return the system user who runs the server: never root, which PostgreSQL refuses."""
        me = os.getuid()
        if self.directory.exists() and any(self.directory.iterdir()):
            owner = self.directory.stat().st_uid
            if me not in (0, owner):
                stop_with(
                    f"{self.directory} belongs to another user. Set PORTAL_VAR to a directory of yours."
                )
        elif me != 0:
            owner = me
        else:
            names = {account.pw_name: account.pw_uid for account in pwd.getpwall()}
            owner = names.get("postgres", names.get("nobody", 65534))
        try:
            return pwd.getpwuid(owner)
        except KeyError:
            stop_with(f"The system user {owner} has no name on this machine; PostgreSQL cannot run as it.")

    def find_binaries(self) -> Binaries:
        """Return the server to run: of the cluster's own version, the machine's before the embedded one."""
        version_file = self.directory / "PG_VERSION"
        major = int(version_file.read_text()) if version_file.exists() else None
        is_hidden = os.getuid() == 0 and not anyone_reaches(self.directory)
        binaries = choose(system_binaries(), cluster_major=major, is_hidden=is_hidden) or choose(
            [embedded_binaries()], cluster_major=major, is_hidden=is_hidden
        )
        if binaries is None:
            stop_with(
                f"{self.directory} was made by PostgreSQL {major}, which is not on this machine any more.",
                "Install it, or set PORTAL_VAR to another directory.",
            )
        return reachable_copy(binaries) if os.getuid() == 0 else binaries

    def identity(self) -> dict[str, Any]:
        """Return how a process becomes the server's user, where that is not us."""
        if os.getuid() == self.account.pw_uid:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def environment(self) -> dict[str, str]:
        # Nothing of ours reaches the server, PGDATA and other settings of a person's own least of all.
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def hand_over(self, path: Path) -> None:
        if os.getuid() != self.account.pw_uid:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def make(self) -> None:
        """Make the cluster: UTF-8, ordered by code point, with the extensions' languages and none of ours."""
        self.directory.mkdir(parents=True, mode=0o700, exist_ok=True)
        self.directory.chmod(0o700)
        self.hand_over(self.directory)
        # A cluster that was interrupted in the making is begun again.
        for leftover in self.directory.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        result = subprocess.run(
            [
                *(self.binaries.directory / "initdb", "-D", "/proc/self/cwd", "-U", SUPERUSER),
                *("-E", "UTF8", "-A", "peer", "--no-instructions"),
                *collation_options(self.binaries.major),
                *(["--no-sync"] if self.is_fast else []),
            ],
            cwd=self.directory,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            **self.identity(),
        )
        if result.returncode:
            shutil.rmtree(self.directory)
            stop_with("", "The database cluster could not be made:", result.stderr.strip())

    def write_access_rules(self) -> None:
        """Let in the system user who starts us, as any of our roles, and nobody else."""
        me = pwd.getpwuid(os.getuid()).pw_name
        rules = {
            "pg_hba.conf": "local all all peer map=portal\n",
            "pg_ident.conf": "".join(f'portal "{me}" {role}\n' for role in (SUPERUSER, OWNER, PORTAL)),
        }
        for name, text in rules.items():
            path = self.directory / name
            path.write_text(text)
            path.chmod(0o600)
            self.hand_over(path)

    def answers_or_ended(self) -> bool:
        if self.server is None or self.server.poll() is not None:
            return True
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
            return True
        return False

    def processes(self) -> list[int]:
        """Return the processes that live in the data directory: all of a server's do."""
        found = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            # Processes of others cannot be asked, and zombies have no directory: neither counts.
            with contextlib.suppress(OSError):
                if link.readlink() == self.directory.resolve():
                    found.append(int(link.parent.name))
        return found

    def end_earlier_server(self) -> None:
        """Clear away what a start that was killed has left: a server that lives on, or one that died.

        A server takes the lock file of a dead one for a live one's when the number in it is a zombie's or
        has gone to another process. We hold the lock of the whole directory here, so nobody else starts.
        """
        lock = self.directory / "postmaster.pid"
        if not lock.exists():
            return
        lines = lock.read_text().splitlines()
        if self.processes():
            with contextlib.suppress(ValueError, IndexError, ProcessLookupError):
                if int(lines[0]) in self.processes():
                    os.kill(int(lines[0]), signal.SIGINT)
            if not wait_for(lambda: not self.processes(), seconds=30):
                stop_with(f"A PostgreSQL server already runs in {self.directory} and does not stop.")
        lock.unlink(missing_ok=True)
        if len(lines) > 4 and Path(lines[4]).name.startswith("punos-"):
            shutil.rmtree(lines[4], ignore_errors=True)
