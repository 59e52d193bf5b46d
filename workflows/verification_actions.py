"""What the steps after the grant call: ``ACTIONS`` of the promise, joined to the others in ``workflows.actions``."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.accounts.models import User
from approvals.services import commitment_changes, verifications
from workflows.models import WorkItem


def plan(item: WorkItem, form: Any, by: User, on: date) -> object:
    assert item.project_id is not None
    return verifications.plan_verification(item.project_id, by=by, on=on, **form.cleaned_data)


def record(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    return verifications.record_verification(
        form.verification.pk, by=by, on=on, results=form.results(), note=data["note"], files=data["files"]
    )


def answer_breach(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    if data["answer"] == "rectify":
        given = {name: data[name] for name in ("reason", "demand", "working_days")}
        return verifications.order_rectification(form.verification.pk, by=by, on=on, **given)
    return _revoke(item, by, on, "false_commitment", data)


def conclude(item: WorkItem, form: Any, by: User, on: date) -> object:
    return verifications.conclude_rectification(form.order.pk, by=by, on=on, **form.cleaned_data)


def revoke(item: WorkItem, form: Any, by: User, on: date) -> object:
    return _revoke(item, by, on, form.cleaned_data["ground"], form.cleaned_data)


def answer_change(item: WorkItem, form: Any, by: User, on: date) -> object:
    return commitment_changes.answer_change(form.change.pk, by=by, on=on, **form.cleaned_data)


def _revoke(item: WorkItem, by: User, on: date, ground: str, data: dict[str, Any]) -> object:
    assert item.project_id is not None
    return verifications.revoke_commitment(
        item.project_id, by=by, on=on, ground=ground, reason=data["reason"], heard=data["heard"]
    )
