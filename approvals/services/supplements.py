"""补正: told on the spot or within five working days, once, everything at once; a second time only for a new fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Application, LocalParameter, SupplementNotice, SupplementProposal
from approvals.rules.clock import Due, add_working_days
from approvals.selectors.calendar import calendar_for, whole_number
from approvals.selectors.fact_sheet import stated_names
from approvals.selectors.limits import review_due
from approvals.services.locking import application_for_review, locked_application
from approvals.services.receipt import iso
from approvals.services.supplement_facts import as_stated

Items = Sequence[dict[str, str]]
State = Application.State
REFUSED = "不能发出补正告知"


@transaction.atomic
def request_supplement(application_id: int, *, by: User, on: date, items: Items, facts: Items = ()) -> SupplementNotice:
    """一次性告知 everything to be supplemented. The named materials have to be handed in anew.

    Args:
        items: ``{"material": name, "problem": what is wrong}``; a material of the application.
        facts: ``{"fact": name, "problem": what is wrong}``; what the enterprise has stated of the project. Until the
            notice is answered it can change these and no others.

    Raises:
        GuardFailed: too late, told before, nothing named, or something that is neither a registered material nor
            a fact that enterprises state.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    _require(_notice_blockers(application, items, facts, on) + guards.first_notice_blockers(application))
    return _issue(application, by=by, on=on, items=items, facts=facts)


@transaction.atomic
def propose_second_notice(
    application_id: int, *, by: User, on: date, items: Items, new_fact: str, facts: Items = ()
) -> SupplementProposal:
    """Ask a colleague to consent to a second notice. The five days run on meanwhile.

    Raises:
        GuardFailed: as for a notice, and where no new fact is named.
        WrongState: one has been proposed and not decided yet.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    if application.supplement_proposals.filter(decided_on=None).exists():
        raise WrongState(_("再次补正已提请审核，请等待审核结果"))
    _require(_notice_blockers(application, items, facts, on) + guards.second_notice_blockers(application, new_fact))
    proposal = SupplementProposal.objects.create(
        application=application,
        items=list(items),
        facts=list(facts),
        new_fact=new_fact.strip(),
        proposed_on=on,
        proposed_by=by,
    )
    events.emit("application.second_notice_proposed", application, by=by, on=on.isoformat(), new_fact=proposal.new_fact)
    return proposal


@transaction.atomic
def decide_second_notice(
    application_id: int, *, by: User, on: date, consented: bool, remark: str = ""
) -> SupplementProposal:
    """The other pair of eyes. Consent sends the notice; refusal leaves the application waiting for its acceptance.

    Raises:
        NotYours: whoever proposed it does not decide on it.
        GuardFailed: the five days are over, or a refusal without its reason.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    proposal = application.supplement_proposals.select_for_update().filter(decided_on=None).first()
    if proposal is None:
        raise WrongState(_("没有待审核的再次补正，请刷新页面"))
    permissions.check(
        proposal.proposed_by_id != by.pk, _("提请人不能审核自己提请的再次补正，须由本部门另一名审批人员审核")
    )
    if consented:
        _require(_notice_blockers(application, proposal.items, proposal.facts, on))
    else:
        _require(guards.reason_blockers(remark, guards.ONCE))
    proposal.decided_on, proposal.decided_by, proposal.consented, proposal.remark = on, by, consented, remark
    proposal.save()
    events.emit(
        "application.second_notice_decided", application, by=by, on=on.isoformat(), consented=consented, remark=remark
    )
    if consented:
        _issue(
            application, by=proposal.proposed_by, on=on, items=proposal.items, facts=proposal.facts, proposal=proposal
        )
    return proposal


@transaction.atomic
def remind_of_supplement(notice_id: int, *, on: date) -> SupplementNotice | None:
    """Tell the applicant that his day is near, or that it has passed. Each once; nothing else follows from it."""
    found = SupplementNotice.objects.values_list("application_id", flat=True).get(pk=notice_id)
    application = locked_application(found)
    notice = application.supplement_notices.select_for_update().get(pk=notice_id)
    if application.state != State.SUPPLEMENTING or notice.answered_on or notice.answer_due_on is None:
        return None
    if on > notice.answer_due_on:
        kind, already = "application.supplement_lapsed", notice.lapse_told_on
        notice.lapse_told_on = notice.lapse_told_on or on
    else:
        kind, already = "application.supplement_due_soon", notice.reminded_on
        notice.reminded_on = notice.reminded_on or on
    if already:
        return None
    notice.save()
    events.emit(
        kind, application, by=None, on=on.isoformat(), notice=notice.pk, answer_due=notice.answer_due_on.isoformat()
    )
    return notice


def _notice_blockers(application: Application, items: Items, facts: Items, on: date) -> list[Blocker]:
    late = guards.late_blockers(application, review_due(application), on=on)
    return late + guards.items_blockers(application, items, facts, stated_names())


def _require(blockers: list[Blocker]) -> None:
    if blockers:
        raise GuardFailed(REFUSED, blockers=blockers)


def _issue(
    application: Application,
    *,
    by: User,
    on: date,
    items: Items,
    facts: Items,
    proposal: SupplementProposal | None = None,
) -> SupplementNotice:
    _take_back(application, items)
    application.request_supplement()
    application.save()
    due = _answer_by(application, on)
    notice = SupplementNotice.objects.create(
        application=application,
        issued_on=on,
        issued_by=by,
        items=list(items),
        facts=as_stated(application, facts),
        answer_due_on=due.due_on if due else None,
        answer_due_is_provisional=bool(due and due.provisional),
        new_fact=proposal.new_fact if proposal else "",
        consented_by=proposal.decided_by if proposal else None,
    )
    events.emit(
        "application.supplement_requested",
        application,
        by=by,
        on=on.isoformat(),
        received_on=iso(application.received_on),  # handing in again moves it
        notice=notice.pk,
        items=len(items) + len(facts),
        answer_due=iso(notice.answer_due_on),
    )
    return notice


def _take_back(application: Application, items: Items) -> None:
    """The named materials do not count any more; their versions stay to be read."""
    names = {item["material"] for item in items}
    for material in application.materials.select_for_update().filter(name__in=names):
        material.attachment, material.on_paper, material.not_needed = None, False, False
        material.note, material.deferral_due_on = "", None
        material.save()


def _answer_by(application: Application, on: date) -> Due | None:
    """The locality's number of working days; without one no day is invented."""
    code = LocalParameter.Code.SUPPLEMENT_ANSWER_WORKING_DAYS
    days = whole_number(code, application.department, on=on)
    if days is None:
        return None
    return add_working_days(on, days, calendar_for(application.department))
