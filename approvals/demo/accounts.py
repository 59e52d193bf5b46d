"""The accounts that a visitor may try, one or more per role. Only for ``settings.DEMO``.

Public: ``demo_accounts``, ``DemoAccount``, ``PASSWORD``. Plain data: a login page can import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.conf import settings

from approvals.accounts.models import Role

PASSWORD = "Yanshi-2026-demo"
ENTERPRISE = "enterprise"


class DemoAccount(TypedDict):
    """``role`` is a word to show."""

    username: str
    role: str
    password: str
    hint: str


@dataclass(frozen=True, slots=True)
class Listed:
    """``role`` is that of an appointment, or ``enterprise`` for the people of an enterprise."""

    username: str
    role: str
    hint: str


LISTED: tuple[Listed, ...] = (
    Listed("handler", "handler", "运城市：家纺、果汁、中成药和生活用纸项目"),
    Listed("handler2", "handler", "运城市：与前一位同区域，可试转交"),
    Listed("handler3", "handler", "晋中、临汾、吕梁、晋城、长治、阳泉和综改示范区的园区"),
    Listed("lead", "lead", "运城市：签署协议、确认开工"),
    Listed("lead2", "lead", "运城市以外的园区"),
    Listed("approver", "approver", "运城市行政审批服务管理局：承诺制和大多数事项"),
    Listed("approver2", "approver", "同一局的另一位，可试两人争办"),
    Listed("head", "approver", "同一局的负责人：批准延期、恢复办理、撤销许可"),
    Listed("housing", "approver", "运城市住房和城乡建设局：施工图设计文件"),
    Listed("furniture_approver", "approver", "襄汾县行政审批服务管理局：家具项目"),
    Listed("energy", "approver", "山西省能源局：省级节能审查"),
    Listed("supervisor", "supervisor", "山西省：全省项目"),
    Listed("supervisor2", "supervisor", "运城市"),
    Listed("supervisor3", "supervisor", "襄汾县"),
    Listed("administrator", "administrator", "后台维护机构、人员、目录、日历和参数"),
    Listed("enterprise", "enterprise", "示例盐池家纺负责人：可代表企业签署"),
    Listed("enterprise2", "enterprise", "示例盐池家纺经办人：不能签署"),
    Listed("enterprise3", "enterprise", "示例潇河纸业负责人：生活用纸原纸项目"),
)


def demo_accounts() -> list[DemoAccount]:
    """Every account to try; the first of a role is the one to begin with. Empty outside the demo set-up."""
    return [_shown(row) for row in LISTED] if settings.DEMO else []


def one_per_role() -> list[DemoAccount]:
    """The account to begin with in each role."""
    first: dict[str, DemoAccount] = {}
    for account in demo_accounts():
        first.setdefault(account["role"], account)
    return list(first.values())


def the_others() -> list[DemoAccount]:
    """What is left beside one per role: for trying two people at once, or another place."""
    begin = [account["username"] for account in one_per_role()]
    return [account for account in demo_accounts() if account["username"] not in begin]


def _shown(row: Listed) -> DemoAccount:
    role = "企业" if row.role == ENTERPRISE else str(Role(row.role).label)
    return {"username": row.username, "role": role, "password": PASSWORD, "hint": row.hint}
