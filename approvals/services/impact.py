"""Asking what another law would change. Past decisions never change: a run reads them and writes only its own rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import User
from approvals.accounts.roles import ADMINISTER, SUPERVISE, standing
from approvals.errors import Blocker, GuardFailed, NotYours
from approvals.models import RuleImpactRow, RuleImpactRun
from approvals.rules import library
from approvals.rules.editions import Edition
from approvals.rules.impact import Law, missing_tables, read_supposed
from approvals.selectors.impact import Differing, differing_cases, differing_decisions, open_cases, past_decisions

State, Phase = RuleImpactRun.State, RuleImpactRun.Phase
CHUNK = 500  # cases in one transaction: about a second
STALLED_AFTER = timedelta(minutes=2)
_WIDTH = 600  # characters of a clause that are kept


@transaction.atomic
def request_impact_run(*, by: User, on: date, raw: bytes = b"", day: date | None = None) -> RuleImpactRun:
    """Ask what an uploaded edition, or the law of a day, would change.

    Args:
        on: today, whose law the open cases are compared with.
        raw: a rule file; its law is asked from its first day in force, or today if that has come.
        day: instead of a file, the day whose law is asked.

    Raises ``GuardFailed`` for a file that cannot be read or a day without an edition.
    """
    if standing(by, on).permissions.isdisjoint({ADMINISTER, SUPERVISE}):
        raise NotYours(_("只有系统管理员和督查人员可以分析规则变化的影响"))
    law = _law(raw, day, on)
    supposed = law.supposed
    run = RuleImpactRun.objects.create(
        table=supposed.name if supposed else "",
        edition=supposed.edition if supposed else "",
        sha256=supposed.sha256 if supposed else "",
        source=str(supposed.source)[:300] if supposed else "",
        content=raw.decode() if supposed else "",
        on=law.on,
        compared_on=on,
        requested_by=by,
        total=past_decisions(law).count() + open_cases().count(),
    )
    facts = {"table": run.table, "edition": run.edition, "sha256": run.sha256, "day": law.on.isoformat()}
    events.emit("rule_impact.requested", run, by=by, on=on.isoformat(), of=facts)
    return run


def _law(raw: bytes, day: date | None, today: date) -> Law:
    try:
        supposed = read_supposed(raw) if raw else None
        law = Law(day or today, None) if supposed is None else Law(_first_day(supposed, today), supposed)
    except ValueError as fault:
        raise GuardFailed(_("规则文件不能使用"), blockers=[Blocker("rule-file", str(fault))]) from None
    if missing := missing_tables(law):
        refusals = [_no_edition(name, law.on, again) for name, again in missing.items()]
        raise GuardFailed(_("所选日期没有规则"), blockers=refusals)
    return law


def _no_edition(name: str, on: date, again: date | None) -> Blocker:
    said = {"table": library.volumes(name)[0].label, "day": on.isoformat(), "again": again and again.isoformat()}
    if again is None:
        return Blocker("no-edition", _("“%(table)s”在%(day)s没有现行版本") % said)
    return Blocker("no-edition", _("“%(table)s”在%(day)s没有现行版本，请选%(again)s或者以后的日期") % said)


def _first_day(edition: Edition, today: date) -> date:
    day = max(edition.in_force_from, today)
    return day if edition.covers(day) else edition.in_force_from


@transaction.atomic
def advance_impact_run(run_id: int, *, chunk: int = CHUNK) -> bool:
    """Ask the next chunk of cases. True while there is more; False when it is finished or in another worker's hands."""
    skip = connection.features.has_select_for_update_skip_locked
    unfinished = RuleImpactRun.objects.select_for_update(skip_locked=skip, of=["self"] if skip else ())
    run = unfinished.filter(pk=run_id, state__in=[State.QUEUED, State.RUNNING]).first()
    if run is None:
        return False
    law = law_of(run)
    run.state = State.RUNNING
    asked = _ask_past(run, law, chunk) if run.phase == Phase.PAST else _ask_open(run, law, chunk)
    if asked < chunk and run.phase == Phase.PAST:
        run.phase, run.cursor = Phase.OPEN, 0
    elif asked < chunk:
        run.state, run.finished_at = State.DONE, timezone.now()
        run.total = run.done
    run.save()
    return not run.is_finished


def fail_impact_run(run_id: int, error: Exception) -> None:
    """A run that cannot go on says so instead of waiting for ever."""
    unfinished = RuleImpactRun.objects.filter(pk=run_id, state__in=[State.QUEUED, State.RUNNING])
    unfinished.update(state=State.FAILED, error=repr(error)[:300], finished_at=timezone.now())


def stalled_runs() -> list[int]:
    """Runs that nobody has advanced for a while: what a dead worker or broker lost."""
    waiting = RuleImpactRun.objects.filter(state__in=[State.QUEUED, State.RUNNING])
    return list(waiting.filter(touched_at__lt=timezone.now() - STALLED_AFTER).values_list("pk", flat=True))


def law_of(run: RuleImpactRun) -> Law:
    return Law(run.on, read_supposed(run.content.encode()) if run.content else None)


def _ask_past(run: RuleImpactRun, law: Law, chunk: int) -> int:
    rows = list(past_decisions(law).filter(pk__gt=run.cursor)[:chunk])
    _keep(run, differing_decisions(rows, law))
    return _moved(run, [row.pk for row in rows])


def _ask_open(run: RuleImpactRun, law: Law, chunk: int) -> int:
    projects = list(open_cases().filter(pk__gt=run.cursor)[:chunk])
    _keep(run, differing_cases(projects, law, compared_on=run.compared_on))
    return _moved(run, [project.pk for project in projects])


def _moved(run: RuleImpactRun, asked: list[int]) -> int:
    run.cursor = asked[-1] if asked else run.cursor
    run.done += len(asked)
    return len(asked)


def _keep(run: RuleImpactRun, found: Iterable[Differing]) -> None:
    RuleImpactRow.objects.bulk_create([_row(run, one) for one in found])


def _row(run: RuleImpactRun, one: Differing) -> RuleImpactRow:
    return RuleImpactRow(
        run=run,
        project_id=one.project_id,
        determination_id=one.determination_id,
        kind=one.kind,
        basis=one.basis,
        before=one.before.outcome,
        after=one.after.outcome,
        clause_before=one.before.clause[:_WIDTH],
        clause_after=one.after.clause[:_WIDTH],
        edition_before=one.before.edition,
        edition_after=one.after.edition,
    )
