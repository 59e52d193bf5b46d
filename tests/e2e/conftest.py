"""A real Chromium on the live server. ``SCREENSHOTS=dir`` keeps a picture of every page that was visited."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, connections

from approvals.accounts.models import User
from tests.e2e.desk import Desk
from tests.world import World, build_world

PASSWORD = "示例-password-2026"
BEGIN = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

# Playwright's own loop runs in this thread; Django would refuse to touch the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Debian's Chromium: playwright's own download is not needed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


@pytest.fixture(autouse=True, scope="session")
def nobody_stays_connected(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The browser keeps its lines to the live server open, and each line is a thread with a database connection.

    So no thread keeps one between requests, and whoever is left at the end has to go before the database can.
    """
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The day can be moved: publicity has to run its working days."""
    with time_machine.travel(BEGIN, tick=True) as traveller:
        yield traveller


@pytest.fixture
def county(transactional_db) -> World:
    world = build_world()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return world


@pytest.fixture
def desk(live_server, browser, county, clock) -> Iterator[Desk]:
    folder = os.environ.get("SCREENSHOTS")
    desk = Desk(live_server.url, browser, PASSWORD, Path(folder) if folder else None)
    yield desk
    desk.close()
