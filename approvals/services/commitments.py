"""The commitment track. A commitment is not instantaneous, and only the enterprise itself can make one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Commitment, LocalParameter, Objection, Project
from approvals.rules.clock import add_working_days
from approvals.selectors.calendar import required_number, working_calendar
from approvals.selectors.credit import track_bars
from approvals.selectors.determinations import assess_eligibility
from approvals.selectors.verifications import promised_items
from approvals.services.locking import locked_commitment, locked_project
from approvals.services.promise_versions import add_version

State = Commitment.State
COMMITMENT = Project.Stage.COMMITMENT


@transaction.atomic
def assess_commitment(
    project_id: int, *, by: User, on: date, ordinary: bool, reason: str = "", matter_codes: Sequence[str] = ()
) -> Commitment:
    """Record whether the commitment track is open to the project, and which way it goes.

    Args:
        ordinary: take the ordinary route; an ineligible project can take no other.

    Raises:
        GuardFailed: the commitment track was chosen but is not open; every reason is named.
    """
    project = locked_project(project_id, COMMITMENT)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以核查承诺制资格"))
    if Commitment.objects.filter(project=project).exists():
        raise WrongState(_("该项目已核查过承诺制资格，请刷新页面"))
    answer = assess_eligibility(project, on=on).as_json()
    if not ordinary and (blockers := _track_blockers(project, answer, matter_codes, on=on)):
        raise GuardFailed(_("该项目目前不能走承诺制"), blockers=blockers)
    commitment = Commitment(project=project, eligibility=answer, matter_codes=list(matter_codes), assessed_on=on)
    if ordinary:
        commitment.take_ordinary_route(on=on, by=by, reason=reason)
    commitment.save()
    events.emit(
        "commitment.assessed", commitment, by=by, on=on.isoformat(), outcome=answer["outcome"], ordinary=ordinary
    )
    return commitment


@transaction.atomic
def turn_to_ordinary_route(project_id: int, *, by: User, on: date, reason: str) -> Commitment:
    """改按一般程序: the enterprise does not promise after all, or something has come to bar it. Before publicity.

    Raises:
        NotYours: ``by`` does not handle the project.
        WrongState: it is publicised or decided; the bureau decides then.
        GuardFailed: no reason.
    """
    project = locked_project(project_id, COMMITMENT)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以改按一般程序办理"))
    commitment = locked_commitment(project, *Commitment.UNDECIDED)
    if not reason.strip():
        raise GuardFailed(_("没有改按一般程序"), blockers=[Blocker("reason-missing", _("请写明改按一般程序的理由"))])
    commitment.take_ordinary_route(on=on, by=by, reason=reason.strip())
    commitment.save()
    events.emit("commitment.turned_ordinary", commitment, by=by, on=on.isoformat(), reason=reason.strip())
    return commitment


@transaction.atomic
def give_notice(project_id: int, *, by: User, on: date) -> Commitment:
    """告知: the approval bureau tells list, standards, conditions and consequences, all at once."""
    commitment = _for_bureau(project_id, by, on, State.ASSESSED)
    _check_still_eligible(commitment, on)
    commitment.give_notice(on=on)
    commitment.save()
    events.emit("commitment.noticed", commitment, by=by, on=on.isoformat())
    return commitment


@transaction.atomic
def sign_commitment(project_id: int, *, by: User, on: date, letter: dict[str, Any]) -> Commitment:
    """The enterprise signs its own commitment letter; what it signed is kept with its hash.

    Raises:
        NotYours: ``by`` may not sign for the enterprise; a handler never may.
        GuardFailed: its credit file, or another ground that has arisen meanwhile, bars it from promising.
    """
    project = locked_project(project_id, COMMITMENT)
    allowed = permissions.may_sign_for_enterprise(by, project, on=on)
    permissions.check(allowed, _("承诺书只能由企业中有签署权限的人员自己签署，代办员不能代签"))
    commitment = locked_commitment(project, State.NOTICED)
    _check_still_eligible(commitment, on)
    text = json.dumps(letter, ensure_ascii=False, sort_keys=True)
    commitment.pledge(on=on, by=by, letter=letter, sha256=hashlib.sha256(text.encode()).hexdigest())
    commitment.save()
    add_version(commitment, promised_items(commitment, on=on), on=on)
    events.emit("commitment.pledged", commitment, by=by, on=on.isoformat(), sha256=commitment.letter_sha256)
    return commitment


@transaction.atomic
def publicise_commitment(project_id: int, *, by: User, on: date, place: str) -> Commitment:
    """公示 for the number of working days that the locality has set; the first day does not count.

    Raises:
        GuardFailed: the locality has set no number, the system invents none; or a ground against the track has arisen.
    """
    commitment = _for_bureau(project_id, by, on, State.PLEDGED)
    _check_still_eligible(commitment, on)
    days = required_number(LocalParameter.Code.PUBLICITY_WORKING_DAYS, commitment.project.organisation, on=on)
    until = add_working_days(on, days, working_calendar())
    commitment.publicise(from_on=on, until_on=until.due_on, place=place)
    commitment.save()
    events.emit(
        "commitment.publicised", commitment, by=by, on=on.isoformat(), until=until.due_on.isoformat(), days=days
    )
    return commitment


@transaction.atomic
def raise_objection(project_id: int, *, by: User, on: date, raised_by: str, content: str) -> Objection:
    """Record an objection received during publicity. It keeps the decision waiting."""
    commitment = _for_bureau(project_id, by, on, State.PUBLICISED)
    objection = Objection.objects.create(commitment=commitment, raised_by=raised_by, content=content, received_on=on)
    events.emit("commitment.objection_raised", objection, by=by, project=commitment.project, content=content)
    return objection


@transaction.atomic
def resolve_objection(objection_id: int, *, by: User, on: date, upheld: bool, reason: str) -> Objection:
    project_id = Objection.objects.values_list("commitment__project_id", flat=True).get(pk=objection_id)
    commitment = _for_bureau(project_id, by, on, State.PUBLICISED)
    objection = commitment.objections.select_for_update().get(pk=objection_id)
    if objection.resolution != Objection.Resolution.PENDING:
        raise WrongState(_("该异议已处理"))
    objection.resolution = Objection.Resolution.UPHELD if upheld else Objection.Resolution.DISMISSED
    objection.reason, objection.resolved_on, objection.resolved_by = reason, on, by
    objection.save()
    events.emit("commitment.objection_resolved", objection, by=by, project=commitment.project, upheld=upheld)
    return objection


@transaction.atomic
def decide_commitment(project_id: int, *, by: User, on: date, granted: bool, reason: str) -> Commitment:
    """Decide once publicity has run its days and no objection is open.

    Raises:
        GuardFailed: publicity still runs, an objection is open or upheld, or a ground against the track has arisen;
            or it is refused without reasons.
    """
    commitment = _for_bureau(project_id, by, on, State.PUBLICISED)
    if granted:
        _check_still_eligible(commitment, on)
        commitment.grant(on=on, by=by, reason=reason)
    else:
        commitment.refuse(on=on, by=by, reason=reason)
    commitment.save()
    events.emit("commitment.decided", commitment, by=by, on=on.isoformat(), granted=granted, reason=reason)
    return commitment


def _for_bureau(project_id: int, by: User, on: date, state: str) -> Commitment:
    project = locked_project(project_id, COMMITMENT)
    allowed = permissions.may_approve_for_bureau(by, project, on=on)
    permissions.check(allowed, _("只有本项目审批机关的审批人员可以办理，且不能是本项目的代办员或领办领导"))
    return locked_commitment(project, state)


def _check_still_eligible(commitment: Commitment, on: date) -> None:
    """Bad credit, an earlier false promise or 两高 may have become known since the assessment."""
    if blockers := eligibility_blockers(commitment, on=on):
        raise GuardFailed(_("该项目已不能走承诺制"), blockers=blockers)


def eligibility_blockers(commitment: Commitment, *, on: date) -> list[Blocker]:
    """What stands against the commitment track on today's facts. The page asks as well as the service."""
    answer = assess_eligibility(commitment.project, on=on).as_json()
    return _track_blockers(commitment.project, answer, commitment.matter_codes, on=on)


def _track_blockers(
    project: Project, answer: dict[str, Any], matter_codes: Sequence[str], *, on: date
) -> list[Blocker]:
    """The grounds of the rules, and every record of the credit file that bars the enterprise, each with its source."""
    grounds = [] if answer["outcome"] == "eligible" else _as_blockers(answer)
    return grounds + track_bars(project, matter_codes, on=on)


def _as_blockers(answer: dict[str, Any]) -> list[Blocker]:
    asked = [Blocker("fact-missing", question["text"]) for question in answer["missing"]]
    reasons = [Blocker("not-eligible", reason["text"], reason["basis"]) for reason in answer["reasons"]]
    return reasons + asked or [Blocker("not-eligible", answer["headline"])]
