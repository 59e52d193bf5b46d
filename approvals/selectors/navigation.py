"""What a person finds in the header: the pages of his roles, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Role, User
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, ADMINISTER, APPROVE, HANDLE, LEAD, SUPERVISE, standing


@dataclass(frozen=True, slots=True)
class Entry:
    label: Any
    url: str
    active: bool
    count: int = 0


PAGES: tuple[tuple[Any, str, frozenset[str]], ...] = (
    (_("我的项目"), "workflows:my", frozenset({ACT_FOR_ENTERPRISE})),
    (_("待办"), "workflows:inbox", frozenset({HANDLE, LEAD, APPROVE})),
    (_("督查"), "workflows:supervision", frozenset({SUPERVISE, LEAD})),
    (_("项目"), "approvals:projects", frozenset({HANDLE, LEAD, APPROVE, SUPERVISE})),
    (_("移交"), "approvals:handovers", frozenset({APPROVE})),
    (_("消息"), "approvals:messages", frozenset({ACT_FOR_ENTERPRISE, HANDLE, LEAD, APPROVE})),
    (_("外出代办"), "approvals:away", frozenset({ADMINISTER})),
    (_("区域评估"), "approvals:areas", frozenset({ADMINISTER})),
    (_("维护"), "admin:index", frozenset({ADMINISTER})),
)


def navigation(user: User, path: str, *, on: date) -> list[Entry]:
    held = standing(user, on).permissions
    entries = [(label, reverse(name)) for label, name, wanted in PAGES if held & wanted]
    return [Entry(label, url, path.startswith(url)) for label, url in entries]


def role_words(user: User, *, on: date) -> str:
    """What he is here, in words: the roles he holds today, or the enterprise's person."""
    stand = standing(user, on)
    words = [str(Role(role).label) for role in Role if role in stand.roles]
    if stand.enterprise_ids:
        words.append(str(_("企业")))
    return "、".join(words)
