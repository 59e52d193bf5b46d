"""What saving other facts would end: written, looked at, and taken back in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from approvals.models import Override, Project, ProjectFacts
from approvals.selectors.reliance import Outdated, lapsing, outdated
from approvals.services.facts import Rows, write_facts


@dataclass(frozen=True, slots=True)
class Consequences:
    """Determinations and waiting proposals that a change would end, with what relies on them."""

    outdated: list[Outdated]
    lapsing: list[Override]

    def __bool__(self) -> bool:
        return bool(self.outdated or self.lapsing)

    @property
    def digest(self) -> str:
        """Stands for what was shown: whoever agrees, agrees to this and nothing that has changed meanwhile."""
        lines = [f"{found.row.pk} {found.because} {found.relying}" for found in self.outdated]
        lines += [f"override {row.pk}" for row in self.lapsing]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class _Undo(Exception):
    """Ends the trial: nothing of it stays."""


def preview_revision(
    project_id: int,
    *,
    on: date,
    values: Mapping[str, Any],
    activities: Rows | None = None,
    energy_lines: Rows | None = None,
    boilers: Rows | None = None,
) -> Consequences:
    """What ``revise_facts`` with the same arguments would end. Writes nothing, emits nothing."""
    try:
        with transaction.atomic():
            facts = ProjectFacts.objects.select_for_update().get(project=project_id)
            write_facts(facts, values, activities, energy_lines, boilers)
            project = Project.objects.get(pk=project_id)
            found = Consequences(outdated(project, on=on), lapsing(project, on=on))
            raise _Undo
    except _Undo:
        return found
