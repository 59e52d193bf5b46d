"""What can be tried of script/serve and script/test without starting them: refusals with a remedy, and plain order."""

from __future__ import annotations

import gettext
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from config import probe

ROOT = Path(__file__).resolve().parent.parent
SHELL = ("script/lib.sh", "script/install", "script/serve", "script/test", ".ci/run", "docker/entrypoint")


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DEMO"}}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=kept | {"SKIP_INSTALL": "1"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def serve(tmp_path):
    """Start ``script/serve`` in a directory of its own, where it is going to refuse."""
    return lambda **variables: run("script/serve", **{"VAR_DIR": str(tmp_path)} | variables)


@pytest.mark.parametrize("path", SHELL)
def test_scripts_are_valid_shell(path):
    assert run("bash", "-n", path).returncode == 0


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_scripts_satisfy_shellcheck():
    result = run("shellcheck", "-x", *SHELL)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", ["script/install", "script/serve", "script/test", ".ci/run"])
def test_commands_are_executable(path):
    assert os.access(ROOT / path, os.X_OK)


def test_a_port_in_use_names_another(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = serve(PORT=str(taken.getsockname()[1]))
    assert result.returncode == 1
    assert "Address already in use" in result.stderr
    assert "PORT=" in result.stderr


def test_a_port_that_is_no_number_is_refused(serve):
    result = serve(PORT="80a")
    assert result.returncode == 1
    assert "PORT='80a' is not a number" in result.stderr


def test_an_unreachable_database_names_its_variable(serve, free_port):
    result = serve(PORT=str(free_port), DATABASE_URL="postgres://landing@127.0.0.1:1/landing")
    assert result.returncode == 1
    assert "does not answer" in result.stderr
    assert "check DATABASE_URL" in result.stderr


def test_an_unreachable_redis_names_its_variable(serve, free_port):
    result = serve(PORT=str(free_port), REDIS_URL="redis://127.0.0.1:1/0")
    assert result.returncode == 1
    assert "check REDIS_URL" in result.stderr


def test_a_variable_that_makes_no_sense_is_named(serve, free_port):
    result = serve(PORT=str(free_port), DEMO="perhaps")
    assert result.returncode == 1
    assert "DEMO='perhaps': write 1 or 0" in result.stderr


def test_production_needs_a_key(serve, free_port):
    result = serve(PORT=str(free_port), DEMO="0")
    assert result.returncode == 1
    assert "SECRET_KEY is required" in result.stderr
    assert "docker/env.example" in result.stderr


def test_a_second_start_on_the_same_data_is_refused(serve, tmp_path):
    holder = subprocess.Popen(
        ["flock", str(tmp_path / "serve.lock"), "sh", "-c", "echo held; read _"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout.readline() == b"held\n"
        result = serve()
        holder.stdin.write(b"\n")
        holder.stdin.flush()
    assert result.returncode == 1
    assert "already runs" in result.stderr


def test_arguments_are_refused(serve):
    assert "takes no arguments" in run("script/serve", "--port", "80").stderr


@pytest.mark.parametrize(
    ("given", "host"), [("a.example,localhost", "a.example"), (".b.example", "b.example"), ("*", "localhost")]
)
def test_the_probe_asks_under_a_name_that_django_knows(monkeypatch, given, host):
    monkeypatch.setenv("ALLOWED_HOSTS", given)
    assert probe.known_host() == host


def test_the_probe_says_what_is_wrong(free_port):
    assert "refused" in probe.ask(f"http://127.0.0.1:{free_port}", [])


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        return probe_socket.getsockname()[1]


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_compiled_translations_are_those_of_the_sources(tmp_path):
    """The compiled files are in the repository, so that a bare machine needs no gettext."""
    for source in ROOT.glob("*/locale/*/LC_MESSAGES/*.po"):
        fresh = tmp_path / "fresh.mo"
        subprocess.run(["msgfmt", "--check", "-o", fresh, source], check=True)
        with fresh.open("rb") as wanted, source.with_suffix(".mo").open("rb") as present:
            assert gettext.GNUTranslations(present)._catalog == gettext.GNUTranslations(wanted)._catalog, (
                f"{source} was changed: run manage.py compilemessages"
            )
