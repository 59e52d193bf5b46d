"""``manage.py load_demo``: fictional people, enterprises and projects in the real division tree. Idempotent.

Dates are counted back from ``--today``, so that something is overdue and something due soon on that day.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.demo.loading import EARLIEST, load
from approvals.demo.outbox import deliver


class Command(BaseCommand):
    help = "Load the demonstration: places, people, enterprises and about 30 projects. Refuses unless DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="reference day, YYYY-MM-DD (default: today)")
        parser.add_argument("--no-documents", action="store_true", help="leave the papers to the worker")

    def handle(
        self, *args: Any, today: date | None = None, no_documents: bool = False, verbosity: int = 1, **options: Any
    ) -> None:
        if not settings.DEMO:
            raise CommandError("demo data is never loaded in production; set DEMO=1 on a demo machine")
        today = today or timezone.localdate()
        if today < EARLIEST:
            raise CommandError(f"--today must not lie before {EARLIEST}: no catalogue of matters was in force earlier")
        new = load(today=today, report=self.stdout.write if verbosity else lambda line: None)
        failed = deliver(documents=not no_documents)
        self.stdout.write(f"projects loaded: {new}, reference day {today}")
        if failed:
            self.stderr.write(f"{failed} deliveries failed; the worker will try them again (see the log)")
