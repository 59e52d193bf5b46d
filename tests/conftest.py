"""Shared fixtures: a small county, and delivery of the outbox without a worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from approvals import tasks
from approvals.models import Delivery
from approvals.selectors.calendar import _calendar_of
from tests.remembered import memory
from tests.world import World, build_world

PAPERS = "approvals.handlers.documents"

# At the desk other examples every time; in the CI the same ones, so that a change fails for what it changed.
hypothesis_settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis_settings.load_profile("ci")


@pytest.fixture(autouse=True, scope="session")
def scratch_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files as they lie in the tree, uploads and papers in a folder that goes away, passwords cheap to check."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    folder = tmp_path_factory.mktemp("var")
    (folder / "static").mkdir()
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(
        STORAGES=storages, STATIC_ROOT=folder / "static", MEDIA_ROOT=folder / "files", PASSWORD_HASHERS=hashers
    ):
        yield


@pytest.fixture(autouse=True)
def an_empty_database() -> None:
    """Nothing is done yet that a later step could rest on."""
    memory.begin()
    _calendar_of.cache_clear()  # copied editions keep their keys, and another test may have changed one


@pytest.fixture
def world(db) -> World:
    return build_world()


@pytest.fixture
def deliver_all() -> Callable[[], None]:
    """Run what the outbox owes, as a worker would, except the papers: they stay owed, printing takes its time."""
    return lambda: _deliver(exclude=PAPERS)


@pytest.fixture
def deliver_with_papers() -> Callable[[], None]:
    """Run everything the outbox owes, until nothing is owed."""
    return lambda: _deliver(exclude="-")


def _deliver(*, exclude: str) -> None:
    for _round in range(10):
        owed = Delivery.objects.filter(done_at=None).exclude(handler__startswith=exclude).order_by("pk")
        pending = list(owed.values_list("pk", flat=True))
        if not pending:
            return
        for delivery_id in pending:
            tasks.deliver(delivery_id)
    raise AssertionError("the outbox does not come to rest")
