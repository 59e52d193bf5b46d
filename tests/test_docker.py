"""The container files, as far as they can be judged without an engine. docs/operations.md says what else was tried."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCKER = ROOT / "docker"
ENTRYPOINT = "/srv/landing/docker/entrypoint"
SHELL = ("script/install", "script/serve", "docker/entrypoint")
# compose-spec.json: github.com/compose-spec/compose-spec, schema/ at 170098ba (2026-06-23), Apache-2.0.
SCHEMA = ROOT / "tests" / "data" / "compose-spec.json"


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments), continued lines joined."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


def roles() -> set[str]:
    """What the entrypoint understands: the labels of its outer ``case``."""
    return set(re.findall(r"^([a-z]+)\)$", (DOCKER / "entrypoint").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_compose_file_follows_the_specification(compose):
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(compose)


def test_the_schema_would_notice_a_mistake(compose):
    wrong = {**compose, "services": {**compose["services"], "web": {**compose["services"]["web"], "portz": []}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(wrong)


def test_all_parts_are_there(compose):
    assert set(compose["services"]) == {"proxy", "migrate", "web", "worker", "beat", "postgres", "redis"}


def test_only_the_proxy_is_reachable_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["inside"]["internal"] is True
    for name, service in compose["services"].items():
        assert service["networks"] == (["inside", "outside"] if name == "proxy" else ["inside"]), name


def test_every_service_is_watched_and_cannot_write_to_its_image(compose):
    for name, service in compose["services"].items():
        assert service["healthcheck"].get("test") or name == "migrate", name
        assert service["read_only"] is True, name


def test_the_application_runs_without_privileges(compose):
    for name in ("migrate", "web", "worker", "beat"):
        assert compose["services"][name]["cap_drop"] == ["ALL"]
        assert compose["services"][name]["security_opt"] == ["no-new-privileges:true"]


def test_nothing_starts_before_the_database_is_migrated(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_production_never_loads_the_demo(compose):
    for name in ("migrate", "web", "worker", "beat"):
        assert compose["services"][name]["environment"]["DEMO"] == "0"


def test_commands_and_health_checks_are_known_to_the_entrypoint(compose):
    assert roles() == {"web", "worker", "beat", "migrate", "healthy"}
    for name in ("migrate", "web", "worker", "beat"):
        service = compose["services"][name]
        assert service["command"] == [name]
        if name != "migrate":
            assert service["healthcheck"]["test"] == ["CMD", ENTRYPOINT, "healthy", name]


def test_what_the_entrypoint_starts_exists():
    text = (DOCKER / "entrypoint").read_text(encoding="utf-8")
    installed = {line.split()[0] for line in re.findall(r"exec (\w.*)", text)}
    assert installed == {"gunicorn", "celery", "python"}
    for program in installed:
        assert (Path(os.path.dirname(os.sys.executable)) / program).exists(), program
    for script in re.findall(r"python (\S+\.py)", text):
        assert (ROOT / script).exists()
    for module in re.findall(r"python -m (\S+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists()


def test_scripts_of_the_image_are_executable():
    for path in ("docker/entrypoint", "script/install"):
        assert os.access(ROOT / path, os.X_OK), path


def test_the_image_does_not_run_as_root(instructions):
    users = [arguments for instruction, arguments in instructions if instruction == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}
    last_stage = max(at for at, (instruction, _) in enumerate(instructions) if instruction == "FROM")
    assert [instruction for instruction, _ in instructions[last_stage:]].count("USER") == 1


def test_the_image_has_several_stages_and_a_health_check(instructions):
    assert len([1 for instruction, _ in instructions if instruction == "FROM"]) >= 2
    health = [arguments for instruction, arguments in instructions if instruction == "HEALTHCHECK"]
    assert len(health) == 1
    assert f'"{ENTRYPOINT}", "healthy", "web"' in health[0]


def test_the_image_is_installed_by_the_script_that_script_serve_runs(instructions):
    runs = " ".join(arguments for instruction, arguments in instructions if instruction == "RUN")
    assert "script/install system" in runs
    assert "script/install python" in runs
    assert "apt-get" not in runs
    assert '"$ROOT/script/install"' in (ROOT / "script" / "serve").read_text(encoding="utf-8")


def test_what_the_image_copies_reaches_the_builder(instructions):
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    for instruction, arguments in instructions:
        if instruction != "COPY" or arguments.startswith("--from"):
            continue
        for source in arguments.split()[:-1]:
            assert source == "." or source.split("/")[0] in kept, source
            assert (ROOT / source).exists(), source
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= kept


def test_every_variable_is_described():
    described = set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (DOCKER / "env.example").read_text("utf-8"), re.MULTILINE))
    read = application_variables() | shell_variables() | compose_variables()
    assert read - described == set()
    assert described - read == set()


def application_variables() -> set[str]:
    """Names given to ``env.text``, ``env.flag`` and ``env.words`` anywhere in config/."""
    found = set()
    for path in (ROOT / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"env.text", "env.flag", "env.words"}:
                found.add(ast.literal_eval(node.args[0]))
    return found


def shell_variables() -> set[str]:
    """Names with a default in the scripts: ``${PORT:-8000}``."""
    text = "".join((ROOT / path).read_text(encoding="utf-8") for path in SHELL)
    return {name for name in re.findall(r"\$\{([A-Z][A-Z_]+):-", text) if not name.endswith("_FILE")}


def compose_variables() -> set[str]:
    return set(re.findall(r"\$\{([A-Z][A-Z_]+):", (DOCKER / "compose.yaml").read_text(encoding="utf-8")))


def test_the_entrypoint_runs_what_it_does_not_know():
    result = subprocess.run([DOCKER / "entrypoint", "echo", "hello"], capture_output=True, text=True, check=True)
    assert result.stdout == "hello\n"
