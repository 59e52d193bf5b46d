"""The acts of an official beside his tasks: what each is called, its form and its service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.forms import acts as forms
from approvals.guards.hearings import open_hearing
from approvals.models import Application
from approvals.selectors.acts import current_handover, open_acts, open_pause
from approvals.services import clocks, delivery, hearings, originals, returning
from approvals.services.extensions import ask_extension

Do = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Act:
    """``do`` takes the application, who, when and the form's fields. ``is_grave``: the button warns."""

    form: type[forms.ActForm]
    title: Any
    button: Any
    done: Any
    do: Do
    is_grave: bool = False


def _on_application(service: Do) -> Do:
    return lambda application, **stated: service(application.pk, **stated)


def _close_pause(application: Application, **stated: Any) -> object:
    pause = open_pause(application)
    if pause is None:
        raise Http404
    return clocks.close_pause(pause.pk, **stated)


def _acknowledge(application: Application, **stated: Any) -> object:
    handover = current_handover(application)
    if handover is None:
        raise Http404
    return delivery.acknowledge_handover(handover.pk, **stated)


def _on_hearing(service: Do) -> Do:
    """The open hearing of the application."""

    def do(application: Application, **stated: Any) -> object:
        hearing = open_hearing(application)
        if hearing is None:
            raise Http404
        return service(hearing.pk, **stated)

    return do


def _receive_original(application: Application, *, material: str, **stated: Any) -> object:
    return originals.receive_original(int(material), **stated)


def _return_original(application: Application, *, custody: str, **stated: Any) -> object:
    return originals.return_original(int(custody), **stated)


ACTS: dict[str, Act] = {
    "receive_original": Act(
        forms.ReceiveOriginalForm, _("收取原件"), _("登记收取"), _("原件已登记"), _receive_original
    ),
    "return_original": Act(forms.ReturnOriginalForm, _("退还原件"), _("登记退还"), _("原件已退还"), _return_original),
    "tell_hearing": Act(
        forms.TellHearingForm,
        _("告知听证权利或公告听证"),
        _("告知"),
        _("已告知"),
        _on_application(hearings.tell_hearing),
    ),
    "record_hearing_request": Act(
        forms.HearingRequestForm,
        _("登记听证申请"),
        _("登记"),
        _("听证申请已登记，期限已中止计算"),
        _on_hearing(hearings.ask_hearing),
    ),
    "arrange_hearing": Act(
        forms.ArrangeHearingForm,
        _("通知听证的时间、地点"),
        _("发出通知"),
        _("听证通知已发出"),
        _on_hearing(hearings.arrange_hearing),
    ),
    "record_hearing": Act(
        forms.RecordHearingForm,
        _("登记听证笔录"),
        _("登记笔录"),
        _("听证已结束，期限恢复计算"),
        _on_hearing(hearings.record_hearing),
    ),
    "open_pause": Act(
        forms.OpenPauseForm,
        _("中止计时（特别程序）"),
        _("中止计时"),
        _("计时已中止"),
        _on_application(clocks.open_pause),
    ),
    "close_pause": Act(forms.ClosePauseForm, _("结束特别程序"), _("恢复计时"), _("计时已恢复"), _close_pause),
    "ask_extension": Act(
        forms.AskExtensionForm, _("申请延长期限"), _("提请批准"), _("已提请负责人批准"), _on_application(ask_extension)
    ),
    "extend": Act(
        forms.ExtendForm, _("批准延长期限"), _("批准延期"), _("期限已延长"), _on_application(clocks.extend_limit)
    ),
    "return_to_acceptance": Act(
        forms.ReturnForm,
        _("退回受理审查"),
        _("退回"),
        _("已退回受理审查"),
        _on_application(returning.return_to_acceptance),
        is_grave=True,
    ),
    "deliver": Act(
        forms.DeliverForm, _("登记送达"), _("登记送达"), _("送达已登记"), _on_application(delivery.record_delivery)
    ),
    "extend_validity": Act(
        forms.ExtendValidityForm,
        _("延长结果的有效期"),
        _("批准延期"),
        _("有效期已延长"),
        _on_application(delivery.extend_validity),
    ),
    "record_lapse": Act(
        forms.LapseForm,
        _("结果已失效，办理注销"),
        _("注销"),
        _("已注销"),
        _on_application(delivery.record_lapse),
        is_grave=True,
    ),
    "acknowledge": Act(forms.AcknowledgeForm, _("接收监管移交"), _("确认接收"), _("已接收移交"), _acknowledge),
    "reopen": Act(
        forms.ReopenForm,
        _("恢复办理"),
        _("恢复办理"),
        _("已恢复办理"),
        _on_application(returning.reopen_application),
        is_grave=True,
    ),
    "annul": Act(
        forms.AnnulForm,
        _("撤销许可"),
        _("撤销许可"),
        _("许可已撤销"),
        _on_application(returning.annul_application),
        is_grave=True,
    ),
}


def forms_for(
    application: Application, user: User, on: date, bound: forms.ActForm | None = None
) -> list[dict[str, Any]]:
    """The acts open to the reader, each with its form; the one that was just typed into keeps its words."""
    found = []
    for code in open_acts(application, user, on=on):
        act, typed = ACTS[code], bound is not None and bound.prefix == code
        form = bound if typed else act.form(application=application, on=on, prefix=code)
        found.append({"code": code, "act": act, "form": form, "is_open": typed or code in {"acknowledge", "deliver"}})
    return found
