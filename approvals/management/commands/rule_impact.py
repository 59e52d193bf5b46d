"""What a new edition, or the law of a day, would change: open cases and past decisions whose outcome would differ."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from approvals.rules.casefiles.reading import iso_day
from approvals.rules.impact import Law, missing_tables, read_supposed
from approvals.selectors.impact import Differing, differing_cases, differing_decisions, open_cases, past_decisions

UNREADABLE, CHUNK = 2, 500


class Command(BaseCommand):
    help = (
        "Re-run the stored facts of every case under another law and print those whose outcome would differ. "
        "Changes nothing. Exit status 2 where the file or the day cannot be used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        law = parser.add_mutually_exclusive_group(required=True)
        law.add_argument("--file", metavar="NEW_EDITION.yaml", help="an edition that is not in force yet")
        law.add_argument("--on", metavar="YYYY-MM-DD", help="the day whose law is supposed to apply")
        parser.add_argument("--json", action="store_true", help="one JSON object per case and line")

    def handle(self, *args: Any, file: str | None, on: str | None, json: bool = False, **options: Any) -> None:
        today = timezone.localdate()
        law = _law(file, on, today)
        asked = differing = 0
        for found, count in _differences(law, today):
            asked += count
            for one in found:
                differing += 1
                self.stdout.write(_as_json(one) if json else _as_text(one))
            self.stderr.write(f"{asked} asked, {differing} differ", ending="\r")
        self.stderr.write(f"{asked} asked, {differing} differ")


def _law(file: str | None, on: str | None, today: date) -> Law:
    try:
        if file is None:
            law = Law(iso_day(on or ""))
        else:
            edition = read_supposed(Path(file).read_bytes())
            law = Law(max(edition.in_force_from, today) if edition.covers(today) else edition.in_force_from, edition)
        if missing := missing_tables(law):
            raise LookupError(f"no edition of {', '.join(missing)} is in force on {law.on.isoformat()}")
    except (OSError, ValueError, LookupError) as fault:
        raise CommandError(f"{file or '--on'}: {fault}", returncode=UNREADABLE) from None
    return law


def _differences(law: Law, today: date) -> Iterator[tuple[Iterable[Differing], int]]:
    for decisions in _chunks(past_decisions(law)):
        yield list(differing_decisions(decisions, law)), len(decisions)
    for projects in _chunks(open_cases()):
        yield list(differing_cases(projects, law, compared_on=today)), len(projects)


def _chunks(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """A few hundred rows at a time, so that no number of cases fills the memory."""
    walk = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk


def _as_text(one: Differing) -> str:
    line = f"{one.basis} {one.kind} project {one.project_id}: {one.before.outcome} → {one.after.outcome}"
    return f"{line}  {one.after.clause}" if one.after.clause else line


def _as_json(one: Differing) -> str:
    record = {
        "project": one.project_id,
        "determination": one.determination_id,
        "kind": one.kind,
        "basis": str(one.basis),
        "from": one.before.outcome,
        "to": one.after.outcome,
        "clause_from": one.before.clause,
        "clause_to": one.after.clause,
        "edition_from": one.before.edition,
        "edition_to": one.after.edition,
    }
    return json.dumps(record, ensure_ascii=False)
