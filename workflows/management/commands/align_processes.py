"""``manage.py align_processes [--repair]``: rows whose open tasks differ from what their state calls for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from viewflow.workflow.models import Process

from approvals.models import Application, Commitment, Override, Project
from workflows.alignment import (
    align,
    align_application,
    align_commitment,
    align_override,
    align_project,
    misaligned,
)


class Command(BaseCommand):
    help = "Report, and with --repair mend, processes whose open tasks differ from what the domain calls for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="open the right tasks")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        if repair:
            for project in Project.objects.filter(process=None).order_by("pk"):
                align_project(project)
            for application in Application.objects.filter(process=None).order_by("pk"):
                align_application(application)
            for override in Override.objects.filter(process=None).order_by("pk"):
                align_override(override)
            for commitment in Commitment.objects.filter(process=None).order_by("pk"):
                align_commitment(commitment)
        found = misaligned()
        for row in found:
            self.stdout.write(f"{row.process_id} {row.subject}: open {list(row.open_steps)}, called for {row.called}")
            if repair:
                align(Process.objects.get(pk=row.process_id))
        self.stdout.write(f"{len(found)} misaligned")
