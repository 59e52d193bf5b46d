"""``manage.py load_catalogue``: the matters of the catalogue and the published working-day calendars. Idempotent.

A year that is new moves the limits that reach into it, each with its event.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from approvals.services.catalogue import load_calendar, load_matters
from approvals.services.recomputing import recompute_all


class Command(BaseCommand):
    help = "Load the matter catalogue and the published working-day calendars into the database."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"matters: {load_matters()}")
        years = "、".join(map(str, load_calendar()))
        self.stdout.write(f"calendar years: {years}")
        if years:  # dates that were provisional, or that reach into a year the package has just learned
            moved = recompute_all(by=None, on=timezone.localdate(), because=f"载入{years}年工作日历")
            self.stdout.write(f"applications whose limits moved: {moved}")
