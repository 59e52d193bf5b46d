"""Determine the cases of a file: one JSON object per case and line, and with --check whether each is as expected."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from approvals.rules.casefiles import CaseFault, CaseFile, Determined, NoEdition, read
from approvals.rules.casefiles.reading import iso_day

DIFFERS, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Determine every case of a file: EIA, energy or standard-land cases, or project facts ({id, facts}). "
        "Prints one JSON object per case and line. Needs no database. "
        "Exit status: 1 where --check finds a case that differs, 2 where the file or a case cannot be read."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a YAML file")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day whose law applies, whatever the cases say")
        parser.add_argument("--check", action="store_true", help="compare every field that a case expects")

    def handle(self, *args: Any, file: str, on: str | None = None, check: bool = False, **options: Any) -> None:
        cases = _read(file)
        day, faults = _day(on), []
        counts = {"agree": 0, "differ": 0, "skipped": 0, "without an expected answer": 0}
        for position in range(len(cases.cases)):
            try:
                found = cases.determine(position, on=day, today=timezone.localdate())
            except CaseFault as fault:
                faults.append(f"{file}: {fault}")
                continue
            except NoEdition as fault:
                raise CommandError(str(fault), returncode=UNREADABLE) from None
            self.stdout.write(json.dumps(found.record, ensure_ascii=False))
            if check:
                counts[self._report(found)] += 1
        if faults:
            raise CommandError("\n".join(faults), returncode=UNREADABLE)
        if check:
            self.stderr.write(", ".join(f"{count} {name}" for name, count in counts.items() if count))
        if counts["differ"]:
            raise CommandError(f"{file}: {counts['differ']} case(s) differ", returncode=DIFFERS)

    def _report(self, found: Determined) -> str:
        """Name on stderr what is not compared or differs; how the case counts."""
        label = found.record["id"]
        if found.skipped:
            self.stderr.write(f"{label}: skipped (skip_eval)")
            return "skipped"
        for difference in found.differences:
            self.stderr.write(f"{label}: {difference}")
        if found.differences:
            return "differ"
        return "agree" if found.compared else "without an expected answer"


def _read(file: str) -> CaseFile:
    try:
        return read(Path(file).read_bytes())
    except OSError as fault:
        raise CommandError(f"{file}: {os.strerror(fault.errno or 0)}", returncode=UNREADABLE) from None
    except CaseFault as fault:
        raise CommandError(f"{file}: {fault}", returncode=UNREADABLE) from None


def _day(on: str | None) -> date | None:
    try:
        return None if on is None else iso_day(on)
    except ValueError:
        raise CommandError(f"--on: {on!r} is not a date (YYYY-MM-DD)", returncode=UNREADABLE) from None
