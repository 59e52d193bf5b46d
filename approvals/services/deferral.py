"""容缺受理: the enterprise promises in writing, the department accepts, the clock starts and the certificate waits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed
from approvals.models import Application, DeferralPromise, Material
from approvals.rules.days import in_chinese
from approvals.selectors.deferral import deferrable
from approvals.services.locking import application_for_review, locked_application
from approvals.services.receipt import accepted

State = Application.State


@transaction.atomic
def promise_materials(application_id: int, *, by: User, on: date, due: Mapping[int, date]) -> DeferralPromise:
    """Sign the promise to bring missing materials later. The enterprise's own act: no handler can do it.

    Args:
        due: material id → the day by which it will come. Replaces what was promised before.

    Raises:
        NotYours: ``by`` may not sign for the enterprise.
        GuardFailed: a material is not on the locality's list, is there already, or the day is not allowed.
    """
    application = locked_application(application_id, State.DRAFT, State.SUPPLEMENTING)
    allowed = permissions.may_sign_for_enterprise(by, application.project, on=on)
    permissions.check(allowed, _("容缺承诺只能由企业中有签署权限的人员自己签署，代办员不能代签"))
    materials = list(application.materials.select_for_update())
    promised = [(material, due[material.pk]) for material in materials if material.pk in due]
    listed = deferrable(application, on=on)
    latest = {name: terms.latest_on for name, terms in listed.items()}
    sources = {name: terms.source for name, terms in listed.items()}
    if blockers := guards.promise_blockers(promised, latest, sources, on=on):
        raise GuardFailed(_("不能作出容缺承诺"), blockers=blockers)
    for material in materials:
        if material.deferral_due_on != due.get(material.pk):
            material.deferral_due_on = due.get(material.pk)
            material.save()
    return _signed(application, promised, by=by, on=on)


@transaction.atomic
def accept_conditionally(application_id: int, *, by: User, on: date) -> Application:
    """容缺受理: what was promised may come later; the limits run from today all the same.

    Raises:
        GuardFailed: a material is missing that nobody promised, or nothing is deferred at all.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    application.accept_conditionally(on=on, by=by)
    return accepted(application, by=by, on=on, recorded_on=on)


@transaction.atomic
def tell_of_lapsed_deferral(material_id: int, *, on: date) -> Material | None:
    """The promised day has passed: say so, once. Nothing else follows; the certificate goes on waiting."""
    found = Material.objects.values_list("application_id", flat=True).get(pk=material_id)
    application = locked_application(found)
    material = application.materials.select_for_update().get(pk=material_id)
    if application.state != State.ACCEPTED or not material.is_deferred or material.deferral_lapse_told_on:
        return None
    assert material.deferral_due_on is not None, "deferred materials have a day"
    if on <= material.deferral_due_on:
        return None
    material.deferral_lapse_told_on = on
    material.save()
    due = material.deferral_due_on.isoformat()
    events.emit(
        "application.deferral_lapsed", application, by=None, on=on.isoformat(), material=material.name, due_on=due
    )
    return material


def _signed(application: Application, promised: list[tuple[Material, date]], *, by: User, on: date) -> DeferralPromise:
    items = [{"material": material.name, "due_on": day.isoformat()} for material, day in promised]
    listed = "；".join(f"{item['material']}，于{in_chinese(item['due_on'])}前补交" for item in items)
    statement = (
        f"{application.applicant}申请“{application.matter}”，承诺补齐下列材料：{listed}。"
        "补交的材料与申请内容一致；补齐之前不要求发给证照。"
    )
    promise = DeferralPromise.objects.create(
        application=application,
        items=items,
        statement=statement,
        sha256=hashlib.sha256(statement.encode()).hexdigest(),
        signed_on=on,
        signed_by=by,
    )
    events.emit(
        "application.deferral_promised",
        application,
        by=by,
        on=on.isoformat(),
        deferred=items,
        sha256=promise.sha256,
        promise=promise.pk,
    )
    return promise
