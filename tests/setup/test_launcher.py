"""The parts of the launcher that decide something, each by itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import _fingerprints
import _postgres
import _processes
import _settings
import _system
import _venv
import pytest
from _postgres_binaries import Binaries, choose, parse_version

BIN = Path(_system.BIN)
ROOT = BIN.parent

DEBIAN_15 = Binaries(Path("/usr/lib/postgresql/15/bin"), "15.18")
DEBIAN_17 = Binaries(Path("/usr/lib/postgresql/17/bin"), "17.5")
WHEEL = Binaries(Path("/venv/pginstall/bin"), "18.6", is_embedded=True)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18"),
        ("postgres (PostgreSQL) 18.6", "18.6"),
        ("postgres (PostgreSQL) 19beta1", "19"),
        ("something else", None),
    ],
)
def test_server_version_is_read(text, version):
    assert parse_version(text) == version


@pytest.mark.parametrize(
    ("candidates", "cluster_major", "is_hidden", "chosen"),
    [
        ([DEBIAN_17, DEBIAN_15, WHEEL], None, False, DEBIAN_17),
        ([DEBIAN_17, DEBIAN_15, WHEEL], 15, False, DEBIAN_15),
        ([DEBIAN_15, WHEEL], None, True, WHEEL),
        ([DEBIAN_15, WHEEL], 15, True, None),
        ([DEBIAN_15], 18, False, None),
        ([WHEEL], None, False, WHEEL),
    ],
    ids=["newest", "cluster-keeps-its-own", "hidden", "hidden-and-old", "gone", "embedded"],
)
def test_server_is_chosen(candidates, cluster_major, is_hidden, chosen):
    assert choose(candidates, cluster_major=cluster_major, is_hidden=is_hidden) == chosen


@pytest.mark.parametrize(
    ("major", "provider"),
    [(15, "--locale=C.UTF-8"), (16, "--locale=C.UTF-8"), (18, "--locale-provider=builtin")],
)
def test_cluster_knows_finnish_letters_in_every_version(major, provider):
    assert _postgres.collation_options(major)[0] == provider


def test_socket_path_stays_short_in_a_deep_directory(tmp_path, monkeypatch):
    deep = tmp_path / ("Very-Deep" * 12)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    directory = _postgres.short_directory()
    assert len(f"{directory}/.s.PGSQL.5432") <= 107
    assert directory.stat().st_mode & 0o777 == 0o700
    directory.rmdir()
    assert list(deep.iterdir()) == []


def test_address_keeps_the_case_of_the_socket_directory():
    address = _postgres.database_url("punos_portal", Path("/run/Ab"), "punos")
    assert address == "postgresql://punos_portal@/punos?host=%2Frun%2FAb"


def test_every_need_is_one_that_can_be_proved():
    needs = _system.read_needs((BIN / "_packages.txt").read_text())
    assert {need.kind for need in needs} <= set(_system.PROOFS)
    assert {need.command for need in needs} == {"start", "test"}


def test_missing_packages_are_named_for_each_command():
    needs = _system.read_needs(
        "# a comment\n"
        "start python3 module:ssl\n"
        "start libmissing-1 library:libmissing.so.1\n"
        "test nothere program:no-such-program|another-such\n"
        "test shell program:no-such-program|sh\n"
    )
    assert _system.missing_packages("start", needs) == ["libmissing-1"]
    assert _system.missing_packages("test", needs) == ["libmissing-1", "nothere"]


def run_as_somebody(tmp_path: Path, *programs: str) -> subprocess.CompletedProcess[str]:
    """Run `_apt.sh` for two packages with stand-ins for the programs that decide what it may do."""
    for program in programs:
        path = tmp_path / program
        path.write_text("#!/bin/sh\necho 1000\n" if program == "id" else "#!/bin/sh\nexit 1\n")
        path.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", BIN / "_apt.sh", "chromium", "gettext"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_who_may_not_install_is_told_the_one_line(tmp_path):
    result = run_as_somebody(tmp_path, "apt-get", "id", "sudo")
    assert result.returncode == 1
    assert result.stderr == (
        "Missing system packages: chromium gettext\n"
        "Install them with:\n"
        "  sudo apt-get install --no-install-recommends chromium gettext\n"
    )


def test_machine_without_apt_is_told_what_is_missing(tmp_path):
    result = run_as_somebody(tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("Missing on this machine, by Debian's names: chromium gettext\n")


def test_stamp_holds_until_a_pin_changes(tmp_path):
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("django==5.2\n")
    stamp = tmp_path / "installed"
    assert not _venv.is_filled("start", stamp, tmp_path)

    stamp.write_text("\n".join(_venv.stamps_of("start", tmp_path)))
    assert _venv.is_filled("start", stamp, tmp_path)
    assert not _venv.is_filled("test", stamp, tmp_path)

    stamp.write_text("\n".join(_venv.stamps_of("test", tmp_path)))
    assert _venv.is_filled("start", stamp, tmp_path)
    (tmp_path / "requirements-dev.txt").write_text("django==5.3\n")
    assert not _venv.is_filled("test", stamp, tmp_path)


def pins(name: str) -> set[str]:
    return {
        line.split(";")[0].strip(" \\") for line in (ROOT / name).read_text().splitlines() if "==" in line
    }


def test_tests_run_on_the_very_packages_that_are_served():
    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()


def test_fingerprint_follows_content_and_words(tmp_path):
    path = tmp_path / "programme.yaml"
    path.write_text("one")
    first = _fingerprints.fingerprint_of([path])
    assert _fingerprints.fingerprint_of([path]) == first
    assert _fingerprints.fingerprint_of([path], "2009-09-09") != first
    path.write_text("two")
    assert _fingerprints.fingerprint_of([path]) != first


def test_lock_is_for_one_at_a_time(tmp_path):
    path = tmp_path / "start.lock"
    lock = _settings.take_lock(path)
    assert lock is not None
    assert _settings.take_lock(path) is None
    assert path.read_text() == f"{os.getpid()}\n"
    lock.close()
    again = _settings.take_lock(path)
    assert again is not None
    again.close()


def test_secret_key_is_made_once_and_private(tmp_path):
    _settings.furnish(tmp_path)
    key = _settings.secret_key(tmp_path)
    assert len(key) >= 50
    assert _settings.secret_key(tmp_path) == key
    assert (tmp_path / "secrets" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_portal_is_not_given_the_address_of_the_owner(tmp_path, monkeypatch):
    _settings.furnish(tmp_path)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@/punos")
    monkeypatch.setenv("PORTAL_TODAY", "2009-09-09")
    environment = _settings.portal_environment(tmp_path, "postgresql://portal@/punos", has_sample=False)
    assert environment["DATABASE_URL"] == "postgresql://portal@/punos"
    assert environment["PORTAL_SAMPLE"] == "no"
    assert {"DATABASE_OWNER_URL", "PORTAL_TODAY"} & set(environment) == set()


def test_given_database_needs_its_owner_too(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal@/punos")
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with pytest.raises(SystemExit):
        _settings.given_database()
    assert capsys.readouterr().err.startswith("DATABASE_URL is set, but DATABASE_OWNER_URL is not.\n")


def test_port_in_use_is_seen():
    port = _processes.free_port()
    assert _processes.port_is_free(port)


def test_child_of_a_killed_parent_dies():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, time, _processes\n"
            "first = _processes.dies_with_parent(15)\n"
            "print(subprocess.Popen(['sleep', '60'], preexec_fn=first).pid, flush=True); time.sleep(60)",
        ],
        env={**os.environ, "PYTHONPATH": str(BIN)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert _processes.wait_for(lambda: not is_running(child), seconds=5)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stubborn_process_is_ended_by_force(tmp_path):
    process = _processes.spawn(
        ["/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"],
        log=tmp_path / "stubborn.log",
        environment=dict(os.environ),
        directory=tmp_path,
    )
    assert _processes.wait_for(lambda: (tmp_path / "stubborn.log").read_text() == "ready\n", seconds=5)
    began = time.monotonic()
    _processes.stop(process, seconds=0.3)
    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 3


def test_every_folder_of_tests_is_collected():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("command", ["start", "test"])
def test_commands_explain_themselves(command):
    result = subprocess.run([BIN / command, "--help"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith(f"bin/{command} ")
    assert "PORTAL_VAR" in result.stdout


def test_start_refuses_what_it_does_not_know():
    result = subprocess.run([BIN / "start", "--emtpy"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("bin/start [--empty]")
