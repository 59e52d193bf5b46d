"""Paper knows nothing of projects: it imports accounts and errors, and nothing above itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.contrib import admin

import documents
from documents import views
from documents.models import Attachment, Document, NumberSeries

ROOT = Path(documents.__file__).parent
ALLOWED = ("approvals.accounts", "approvals.errors", "documents")
OURS = ("approvals", "documents", "workflows", "config", "viewflow", "django_fsm")
MODULES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def imports(path: Path, *, top_level: bool = False):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_imports_nothing_above(path):
    ours = [name for name in imports(path) if name.split(".")[0] in OURS]
    assert [name for name in ours if not name.startswith(ALLOWED)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_renderer_is_loaded_only_where_paper_is_made(path):
    heavy = {"weasyprint", "PIL"}
    assert heavy.isdisjoint(name.split(".")[0] for name in imports(path, top_level=True))


def test_the_verification_page_says_that_it_is_public():
    assert views.verify.audience == ("public",)


@pytest.mark.parametrize("model", [Document, NumberSeries, Attachment])
def test_the_admin_can_only_look(rf, model):
    page = admin.site._registry[model]
    request = rf.get("/")
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
