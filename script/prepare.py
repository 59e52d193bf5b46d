"""Bring database, static files and catalogue up to date, in one process. Safe to repeat at every start.

    script/prepare.py           everything, as script/serve wants it
    script/prepare.py static    the static files, when the image is built
    script/prepare.py data      the rest, as the migrate service of docker/compose.yaml wants it

Demo data is loaded only with DEMO=1.
"""

from __future__ import annotations

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as fault:
        give_up(str(fault), "set it in the environment; docker/env.example describes every variable")
    what = sys.argv[1:] or ["static", "data"]
    if "static" in what:
        collect_static()
    if "data" in what:
        prepare_data()


def prepare_data() -> None:
    check_database()
    check_redis()
    migrate()
    load_data()
    from config import health

    health.forget_heartbeats()  # those of the last run say nothing about this one


def migrate() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    if not settings.REDIS_URL:
        for name in ("queue", "queue-control"):
            (settings.VAR_DIR / name).mkdir(exist_ok=True)
    step("Migrating the database")
    call_command("migrate", interactive=False, verbosity=0)
    if not settings.REDIS_URL:
        call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Collect and compress, where any static file changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=[]):
            file = Path(storage.path(path))
            digest.update(f"{path} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    step("Collecting the static files")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def load_data() -> None:
    """Both commands leave alone what is there; a first start that was interrupted goes on where it stopped."""
    from django.conf import settings
    from django.core.management import call_command

    step("Loading the catalogue")
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    if settings.DEMO:
        step("Loading the demo data; the worker will print its documents")
        call_command("load_demo", no_documents=True, verbosity=0, stdout=StringIO())


def check_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as fault:
        place = connection.settings_dict
        if connection.vendor == "sqlite":
            give_up(f"the database file {place['NAME']} cannot be opened: {fault}", "check VAR_DIR and its permissions")
        give_up(
            f"the database {place['NAME']!r} at {place['HOST'] or 'the local socket'} does not answer: {fault}",
            "check DATABASE_URL (postgres://user:password@host:5432/name) and that the server runs and the database "
            "exists (createdb); without DATABASE_URL the embedded SQLite is used",
        )


def check_redis() -> None:
    from django.conf import settings

    if not settings.REDIS_URL:
        return
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5).ping()
    except redis.RedisError as fault:
        give_up(
            f"Redis does not answer: {fault}",
            "check REDIS_URL (redis://host:6379/0) and that the server runs; without it the embedded queue is used",
        )


def step(text: str) -> None:
    print(f"==> {text}", flush=True)


def give_up(problem: str, remedy: str) -> None:
    sys.exit(f"\nFAILED: {problem}\nRemedy: {remedy}")


if __name__ == "__main__":
    main()
