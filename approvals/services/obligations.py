"""Duties that remain: imposed by a result or a supervisor, fulfilled with evidence, dropped with their source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Application, Obligation
from approvals.rules.obligations import Duty
from approvals.services.locking import locked_project
from documents.attachments import store_attachment


@transaction.atomic
def impose_duties(
    project_id: int, duties: Iterable[Duty], *, source: str, on: date, application: Application | None = None
) -> list[Obligation]:
    """What the law itself imposes. Idempotent: a duty of the same ``source`` stands once.

    ``source``: what it follows from, e.g. ``matter:R11`` or ``determination:energy``.
    """
    project = locked_project(project_id)
    standing = set(Obligation.objects.filter(project=project, dropped_on=None).values_list("code", flat=True))
    new = [duty for duty in duties if f"{source}:{duty.code}" not in standing]
    return [
        Obligation.objects.create(
            project=project,
            application=application,
            code=f"{source}:{duty.code}",
            text=duty.text,
            basis=duty.basis,
            milestone=duty.milestone,
            imposed_on=on,
        )
        for duty in new
    ]


@transaction.atomic
def drop_duties(project_id: int, *, source: str, on: date) -> int:
    """What they followed from is gone. What was fulfilled stays as it was. Returns how many were dropped."""
    project = locked_project(project_id)
    open_ones = Obligation.objects.filter(project=project, code__startswith=f"{source}:", fulfilled_on=None)
    return open_ones.filter(dropped_on=None).update(dropped_on=on)


@transaction.atomic
def demand(project_id: int, *, by: User, on: date, text: str, basis: str, due_on: date) -> Obligation:
    """A supervisor asks for something by a day (责令限期), with its basis.

    Raises:
        NotYours: ``by`` does not supervise the project's area.
        GuardFailed: no text, no basis, or a day that has passed.
    """
    project = locked_project(project_id)
    permissions.check(permissions.may_supervise(by, project, on=on), _("只有督查人员可以提出限期要求"))
    found = [Blocker("text-missing", _("请写明要求"))] if not text.strip() else []
    found += [Blocker("basis-missing", _("请写明依据"))] if not basis.strip() else []
    found += [Blocker("date-behind", _("期限不能早于今天"))] if due_on < on else []
    if found:
        raise GuardFailed(_("不能提出要求"), blockers=found)
    number = Obligation.objects.filter(project=project, code__startswith="demand:").count() + 1
    obligation = Obligation.objects.create(
        project=project, code=f"demand:{number}", text=text, basis=basis, due_on=due_on, imposed_on=on
    )
    events.emit("obligation.demanded", obligation, by=by, on=on.isoformat(), text=text, due=due_on.isoformat())
    return obligation


@transaction.atomic
def fulfil(
    obligation_id: int, *, by: User, on: date, fulfilled_on: date, note: str = "", file: UploadedFile | None = None
) -> Obligation:
    """Record that a duty was fulfilled, with its evidence: a file, or at least the words where it can be found.

    Raises:
        NotYours: ``by`` neither belongs to the enterprise nor handles the project.
        WrongState: fulfilled before, or dropped.
        GuardFailed: no evidence, or a day that cannot be.
    """
    project = locked_project(Obligation.objects.values_list("project_id", flat=True).get(pk=obligation_id))
    permissions.check(permissions.may_fulfil(by, project, on=on), _("只有企业人员或本项目的代办员可以登记履行情况"))
    obligation = Obligation.objects.select_for_update().get(pk=obligation_id)
    if not obligation.is_open:
        raise WrongState(_("该义务已经登记履行或已消灭，请刷新页面"))
    found = (
        []
        if file or note.strip()
        else [Blocker("evidence-missing", _("请上传证明材料，或写明文号、网址等可以核实的说明"))]
    )
    if not obligation.imposed_on <= fulfilled_on <= on:
        found.append(Blocker("date-wrong", _("履行日期应在义务产生之日和今天之间")))
    if found:
        raise GuardFailed(_("不能登记履行"), blockers=found)
    if file:
        obligation.evidence = store_attachment(file, folder=f"project:{project.pk}", by=by)
    obligation.fulfilled_on, obligation.fulfilled_by, obligation.note = fulfilled_on, by, note.strip()
    obligation.save()
    events.emit(
        "obligation.fulfilled",
        obligation,
        by=by,
        on=on.isoformat(),
        text=obligation.text,
        fulfilled_on=fulfilled_on.isoformat(),
    )
    return obligation
