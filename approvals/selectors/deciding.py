"""Which answer would decide what is open: for today's answer, and for one that was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.models import Determination, Project
from approvals.rules.deciding import Deciding, would_decide
from approvals.selectors.determinations import CLASSIFIERS
from approvals.selectors.facts import facts_of


def deciding_now(project: Project, kind: str, answer: Mapping[str, Any], *, on: date) -> tuple[Deciding, ...]:
    if not answer["missing"]:
        return ()
    return would_decide(CLASSIFIERS[Determination.Kind(kind)], facts_of(project, on=on), on, answer["missing"])


def deciding_of(row: Determination) -> tuple[Deciding, ...]:
    """By the facts and the rules of the day it was made for."""
    return would_decide(CLASSIFIERS[Determination.Kind(row.kind)], row.facts, row.on, row.answer["missing"])
