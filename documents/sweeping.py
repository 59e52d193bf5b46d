"""Files that no row names: what a rolled-back transaction left in the storage."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

FOLDERS = ("documents", "attachments", "prechecks")
GRACE = timedelta(days=1)  # the transaction that wrote a file may still be open, or its row not yet visible

log = logging.getLogger(__name__)


def sweep_files(*, at: datetime) -> int:
    """Delete the files of our folders that are older than a day and that no file field of any model names.

    Returns how many were deleted. One short query for each field and sub-folder.
    """
    deleted = 0
    for folder in _folders():
        old = {name for name in _files_in(folder) if default_storage.get_modified_time(name) <= at - GRACE}
        for name in sorted(old - _named(folder, old)):
            log.warning("deleting %s: no row names it", name)
            default_storage.delete(name)
            deleted += 1
    return deleted


def _folders() -> Iterator[str]:
    for root in FOLDERS:
        if default_storage.exists(root):
            yield from (f"{root}/{folder}" for folder in default_storage.listdir(root)[0])


def _files_in(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def _named(folder: str, names: set[str]) -> set[str]:
    """Those of ``names`` that a row has, whichever model it is of."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and names:
                rows = model._default_manager.filter(**{f"{field.name}__startswith": f"{folder}/"})
                found |= names.intersection(rows.values_list(field.name, flat=True))
    return found
