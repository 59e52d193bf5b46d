"""``manage.py load_catalogue``: the matters of the catalogue and the published working-day calendars. Idempotent."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from approvals.services.catalogue import load_calendar, load_matters


class Command(BaseCommand):
    help = "Load the matter catalogue and the published working-day calendars into the database."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"matters: {load_matters()}")
        self.stdout.write(f"calendar years: {', '.join(map(str, load_calendar()))}")
