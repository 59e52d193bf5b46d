"""``manage.py recompute_limits [--check]``: bring the stored due dates up to date, or prove that they are."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.selectors.stale_limits import stale_limits
from approvals.services.recomputing import recompute_all


class Command(BaseCommand):
    help = "Compute every due date anew from its records. With --check: change nothing, exit 1 where a copy differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        if not check:
            moved = recompute_all(by=None, on=timezone.localdate(), because="核对")
            self.stdout.write(f"{moved} application(s) moved")
            return
        stale = list(stale_limits())
        for row in stale:
            self.stdout.write(f"application {row.application.pk}: stored {row.stored}, computed {row.computed}")
        if stale:
            raise CommandError(f"{len(stale)} application(s) with stale due dates", returncode=1)
        self.stdout.write("every stored due date is what its records say")
