"""Prove that no event was changed, removed or reordered. Exit status 1 names every fault."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from approvals.models import Event, Project
from approvals.selectors.audit import BrokenSeal, Fault, verify_chain, verify_seals


class Command(BaseCommand):
    help = "Recompute the hash chain of every project's events and the daily seals, and name each place that is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", type=int, help="only the project with this id")

    def handle(self, *args: Any, project: int | None = None, **options: Any) -> None:
        faults = list(_faults(project))
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} fault(s) in the record of events", returncode=1)
        self.stdout.write(f"{Event.objects.count()} events: nothing was changed, removed or reordered")


def _faults(only: int | None) -> Iterator[Fault | BrokenSeal]:
    projects = Project.objects.order_by("pk")
    if only is not None:
        projects = projects.filter(pk=only)
        if not projects.exists():
            raise CommandError(f"there is no project {only}")
    else:
        yield from verify_chain(None)
        yield from verify_seals()
    for project in projects.iterator():
        yield from verify_chain(project)
