"""Changing a project's facts. A changed deciding fact supersedes what was decided on the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed, WrongState
from approvals.models import Activity, Boiler, Determination, EnergyLine, Project, ProjectFacts
from approvals.selectors.fact_sheet import label_of
from approvals.selectors.facts import facts_of
from approvals.selectors.receipt import open_notices
from approvals.selectors.reliance import lapsing, outdated
from approvals.services.locking import locked_project

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def revise_facts(
    project_id: int,
    *,
    by: User,
    on: date,
    version: int,
    values: Mapping[str, Any],
    activities: Rows | None = None,
    energy_lines: Rows | None = None,
    boilers: Rows | None = None,
) -> Project:
    """Write new facts; rows that are given replace all rows of their kind.

    Args:
        version: the version the person was looking at.

    Raises:
        NotYours: neither the enterprise nor the project's handler.
        WrongState: somebody else changed the facts meanwhile, or the project is closed.
        GuardFailed: an application is being supplemented, and its notice does not name what was changed.
    """
    project = locked_project(project_id, *Project.OPEN_STAGES)
    allowed = permissions.may_act_for_enterprise(by, project, on=on) or permissions.may_handle(by, project, on=on)
    permissions.check(allowed, _("只有企业和本项目代办员可以修改项目事实"))
    facts = ProjectFacts.objects.select_for_update().get(project=project)
    if facts.version != version:
        raise WrongState(_("项目事实已被他人修改，您的修改没有保存。请打开最新内容核对后再填写"))
    before = facts_of(project, on=on)
    write_facts(facts, values, activities, energy_lines, boilers)
    after = facts_of(Project.objects.get(pk=project.pk), on=on)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if blockers := guards.revision_blockers({name: label_of(name) for name in changed}, open_notices(project)):
        raise GuardFailed(_("不能更改项目事实"), blockers=blockers)
    if changed:
        events.emit("project.facts_changed", project, by=by, on=on.isoformat(), changed=changed)
        supersede_stale_determinations(project, by=by, on=on)
    return project


def supersede_stale_determinations(project: Project, *, by: User | None, on: date) -> list[Determination]:
    """End what today's facts no longer bear: determinations, and proposals to settle one. Inside a transaction."""
    fresh = Project.objects.get(pk=project.pk)
    for row in lapsing(fresh, on=on):
        row.lapse(on=on)
        row.save()
        events.emit("override.lapsed", row, by=by, on=on.isoformat(), of_kind=row.kind)
    stale = outdated(fresh, on=on)
    for found in stale:
        supersede(found.row, found.because, found.relying, by=by, on=on)
    if stale:
        drop_matter_list(project, by=by, on=on)
    return [found.row for found in stale]


def drop_matter_list(project: Project, *, by: User | None, on: date) -> None:
    """The list rested on the determinations; it has to be confirmed again. Applications in hand go on."""
    for row in project.matter_lists.select_for_update().filter(superseded_on=None):
        row.superseded_on = on
        row.save(update_fields=["superseded_on"])
        events.emit("matter_list.superseded", row, by=by, on=on.isoformat())


def supersede(row: Determination, because: str, relying: list[str], *, by: User | None, on: date) -> None:
    """It stays as it was, with why it ended and what rested on it. Inside the caller's transaction."""
    row.superseded_on, row.superseded_because, row.superseded_relying = on, because[:300], relying
    row.save(update_fields=["superseded_on", "superseded_because", "superseded_relying"])
    events.emit(
        "determination.superseded", row, by=by, on=on.isoformat(), because=row.superseded_because, relying=relying
    )


def write_facts(
    facts: ProjectFacts,
    values: Mapping[str, Any],
    activities: Rows | None,
    energy_lines: Rows | None,
    boilers: Rows | None,
) -> None:
    """Fields and rows as they were given. Inside the caller's transaction."""
    for name, value in values.items():
        setattr(facts, name, value)
    facts.version += 1
    facts.full_clean(exclude=["project"])
    facts.save()
    for model, rows in ((Activity, activities), (EnergyLine, energy_lines), (Boiler, boilers)):
        if rows is not None:
            model.objects.filter(facts=facts).delete()
            for row in rows:
                made = model(facts=facts, **row)
                made.full_clean()
                made.save()
