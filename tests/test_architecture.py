"""The house rules of docs/architecture.md that a machine can check. Import contracts: ``[tool.importlinter]``."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("approvals", "config", "documents", "workflows")
OWN = sorted(path for each in PACKAGES for path in (ROOT / each).rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# Where many rows may be changed by one statement: each is the public verb for its table, or sets up demo data.
MAY_WRITE_IN_BULK = {"services", "events", "tasks", "management", "demo", "workflows"}
NAMES_THE_SETTINGS = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield child.module


def packages(modules: Iterator[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


def loaded_with_the_module(path: Path) -> Iterator[str]:
    """What is imported at once: not inside a function, and not for type checkers alone."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield from imports(node)


def test_import_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_only_workflows_knows_the_engine():
    others = [path for path in OWN if path.relative_to(ROOT).parts[0] != "workflows"]
    assert not [name(path) for path in others if "viewflow" in packages(imports(tree(path)))]


def test_weasyprint_is_loaded_only_where_paper_is_made():
    assert [name(path) for path in OWN if "weasyprint" in packages(imports(tree(path)))] == ["documents/rendering.py"]
    assert not [name(path) for path in OWN if "weasyprint" in packages(loaded_with_the_module(path))]


def test_a_web_process_does_not_load_weasyprint():
    program = "import sys, config.wsgi, config.urls; sys.exit('weasyprint' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_modules_stay_readable():
    limits = dict.fromkeys(OWN, 300) | dict.fromkeys(TESTS, 400)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in limits}
    assert not {name(path): lines for path, lines in lengths.items() if lines > limits[path]}


def test_rows_are_changed_in_bulk_only_where_verbs_live():
    """``.update()`` and ``bulk_…`` pass by every guard and every event."""
    free = [path for path in OWN if not {*path.relative_to(ROOT).parts, path.stem} & MAY_WRITE_IN_BULK]
    assert not {name(path): found for path in free if (found := list(bulk_writes(tree(path))))}


def bulk_writes(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if ast.unparse(node.func.value) == "super()":
            continue  # an override that says who may
        # A queryset's update() takes names; those of dictionaries, sets and digests take an object.
        if node.func.attr in ("bulk_create", "bulk_update") or (node.func.attr == "update" and node.keywords):
            yield f"line {node.lineno}: {ast.unparse(node.func)}"


def test_only_env_reads_the_environment():
    """Every variable has its place in ``config/env.py`` and in ``docker/env.example``."""
    others = [path for path in OWN if name(path) != "config/env.py"]
    assert not {name(path): found for path in others if (found := list(environment_reads(tree(path))))}


def environment_reads(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and ast.unparse(node) == NAMES_THE_SETTINGS:
            module.body.remove(node)
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv"):
            yield f"line {node.lineno}: {ast.unparse(node)}"
