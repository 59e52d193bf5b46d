"""What follows from a level: the route, the statutory period and the remaining duties. It never changes the level."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.rules.eia.catalogue import LEVELS
from approvals.rules.legal_names import citation, document

_DAYS = {"report_book": 60, "report_table": 30}
_REMAINING = (
    "对照《固定污染源排污许可分类管理名录》（2019年版）另行判定排污许可或排污登记，两个名录的界限不同。",
    "废水、废气、噪声执行国家和地方排放标准。",
    "涉及主要污染物排放的，落实总量控制要求。",
    "一般固体废物和危险废物依法贮存、转移、处置。",
)


def procedure(level: str, on: date) -> dict[str, Any]:
    """Route and periods of a level.

    ``statutory_days`` counts natural days (the statute says 日) from receipt; ``before`` is the milestone that it
    precedes: commencement for report documents, production for the register.
    """
    if level in _DAYS:
        return {
            "route": "approval",
            "document": document(level, on),
            "statutory_days": _DAYS[level],
            "day_type": "calendar_days_from_receipt",
            "time_basis": citation("eia_time_limit", on),
            "before": "commencement",
            "before_basis": citation("eia_no_commencement", on),
            "public_participation": level == "report_book",
            "note": "由省、市、县哪一级受理审批，以及能否适用告知承诺，请向所在地审批部门确认。",
        }
    if level == "register":
        return {
            "route": "online_filing",
            "document": document(level, on),
            "statutory_days": 0,
            "time_basis": citation("eia_register", on),
            "before": "production",
            "public_participation": False,
            "note": "山西对部分登记表项目另有豁免清单，本项目是否在清单内请向生态环境部门确认。",
        }
    return {"route": "none", "document": None, "statutory_days": 0, "before": None, "public_participation": False}


def duties(level: str, on: date) -> tuple[str, ...]:
    """What remains to be done at a level, as sentences."""
    if level == "report_book":
        return (_approval(level, on), _participation(on), *_REMAINING)
    if level == "report_table":
        return (_approval(level, on), *_REMAINING)
    if level == "register":
        basis = citation("eia_register", on)
        return (f"建成并投入生产运营前，在网上填报{document(level, on)}备案（{basis}），不需要审批。", *_REMAINING)
    return ("不纳入环评管理不等于没有环保义务。", *_REMAINING)


def _approval(level: str, on: date) -> str:
    basis = citation("eia_no_commencement", on)
    return f"{document(level, on)}经批准后方可开工建设（{basis}）；自收到之日起{_DAYS[level]}日内作出审批决定。"


def _participation(on: date) -> str:
    return f"报批前须依法征求公众意见，并附采纳情况说明（{citation('eia_public_participation', on)}）。"


def names(on: date) -> dict[str, str]:
    """Every level with the name of its document on that day."""
    return {level: document(level, on) for level in LEVELS}
