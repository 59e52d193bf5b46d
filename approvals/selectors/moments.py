"""What a paper of this moment states and no row keeps: facts and conditions change, so the event carries them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import translation

from approvals import guards
from approvals.models import Project
from approvals.selectors.facts import facts_of


def at_the_end_of(stage: str, project: Project, *, on: date) -> dict[str, Any]:
    """Plain JSON for the event that a stage was left; empty where the stage's rows are kept as they were."""
    if stage == Project.Stage.SIGNING:
        return {"stated": facts_of(project, on=on)}
    if stage == Project.Stage.FULL_AGENCY:
        return {"conditions": conditions_on(project, on=on)}
    return {}


def conditions_on(project: Project, *, on: date) -> dict[str, list[dict[str, str]]]:
    """Both lists of conditions in Chinese, whatever language the person who acts reads."""
    with translation.override("zh-hans"):
        return {
            "permit": [asdict(condition) for condition in guards.permit_conditions(project, on=on)],
            "commencement": [asdict(condition) for condition in guards.lawful_conditions(project, on=on)],
        }
