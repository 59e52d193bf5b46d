"""原件: taken in for checking, and given back against a name."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Application, Material, OriginalCustody
from approvals.services.locking import application_for_review, locked_application

State = Application.State
HANDED_IN = tuple(state for state in State if state not in {State.DRAFT})


@transaction.atomic
def receive_original(material_id: int, *, by: User, on: date, description: str) -> OriginalCustody:
    """Note that the original of a material was taken in.

    Raises:
        NotYours: ``by`` does not review the application.
        GuardFailed: it is not said what it is.
    """
    found = Material.objects.values_list("application_id", flat=True).get(pk=material_id)
    application = application_for_review(found, *HANDED_IN, by=by, on=on)
    if not description.strip():
        blocker = Blocker("description-missing", _("请写明收取的是什么原件，例如“不动产权证书1本”"))
        raise GuardFailed(_("不能登记原件"), blockers=[blocker])
    material = application.materials.get(pk=material_id)
    custody = OriginalCustody.objects.create(
        material=material, description=description.strip(), received_on=on, received_by=by
    )
    events.emit(
        "application.original_received",
        application,
        by=by,
        on=on.isoformat(),
        material=material.name,
        original=custody.description,
    )
    return custody


@transaction.atomic
def return_original(custody_id: int, *, by: User, on: date, returned_to: str) -> OriginalCustody:
    """Give it back. The applicant gets his originals whatever became of the application.

    Raises:
        NotYours: ``by`` does not review the application.
        WrongState: it was given back before.
        GuardFailed: nobody is named who took it.
    """
    found = OriginalCustody.objects.values_list("material__application_id", flat=True).get(pk=custody_id)
    application = locked_application(found)
    permissions.check(permissions.may_review(by, application, on=on), _("只有该办件的审批部门可以退还原件"))
    custody = OriginalCustody.objects.select_for_update(of=("self",)).select_related("material").get(pk=custody_id)
    if custody.returned_on is not None:
        raise WrongState(_("该原件已于 %(returned_on)s 退还") % {"returned_on": custody.returned_on})
    if not returned_to.strip():
        raise GuardFailed(_("不能登记退还"), blockers=[Blocker("receiver-missing", _("请写明领取人"))])
    custody.returned_on, custody.returned_by, custody.returned_to = on, by, returned_to.strip()
    custody.save()
    events.emit(
        "application.original_returned",
        application,
        by=by,
        on=on.isoformat(),
        material=custody.material.name,
        original=custody.description,
        to_whom=custody.returned_to,
    )
    return custody
