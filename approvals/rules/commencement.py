"""What counts as commenced (开工), for whom: each reading derived from dated evidence, none is a flag.

Public: ``Proof``, ``Reading``, ``readings``, ``permit_valid_until``. Sources: 环办环评〔2018〕18号 (EIA);
《闲置土地处置办法》 (development begun); 《建筑法》第七条, 第九条 (the permit first; within three months).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from approvals.rules.days import in_chinese
from approvals.rules.spans_of_time import add_months

MET, OPEN, BROKEN = "met", "open", "broken"
PERMIT_MONTHS = 3
MOST_EXTENSIONS = 2
# 《闲置土地处置办法》: which works develop the land depends on how the plant is founded. Kind → proof, and its words.
FOUNDATIONS = {
    "deep_pit": ("pit_finished", "基坑开挖完毕的记录"),
    "piles": ("pile_complete", "全部桩基打完的记录"),
    "other": ("foundation_pct", "基础完成三分之一的记录"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One dated fact. ``kind``: broke_ground, pit_finished, pile_complete, foundation_pct (with ``percent``),
    permit_extended, stat_registered; others are ignored."""

    kind: str
    on: date
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading. ``state``: met (on ``on``), open (``missing`` says what is lacking) or broken (and why).

    ``confirmed_by``: whose word decides it where no text settles the criterion; "" where the law does.
    """

    code: str
    purpose: str
    criterion: str
    basis: str
    state: str
    on: date | None = None
    missing: str = ""
    confirmed_by: str = ""

    @property
    def is_met(self) -> bool:
        return self.state == MET


def readings(
    proofs: Iterable[Proof], *, permit_on: date | None, today: date, foundation_kind: str
) -> tuple[Reading, ...]:
    """Every reading as of a day: environment, building law, idle land, statistics.

    Args:
        permit_on: when the construction permit was issued; None where it was not.
        foundation_kind: deep_pit, piles, other, or "" while it is not known: then no works develop the land yet.
    """
    known = [proof for proof in proofs if proof.on <= today]
    idle = _idle_land(known, permit_on, foundation_kind)
    return (_eia(known), _building(known, permit_on, today), idle, _statistics(known))


def third_is_done(proof: Proof) -> bool:
    """Of a foundation by percent, a third: 33 is not enough, 34 is."""
    return proof.kind != "foundation_pct" or (proof.percent or 0) * 3 >= 100


def _first(proofs: Iterable[Proof], *kinds: str) -> Proof | None:
    found = [proof for proof in proofs if proof.kind in kinds and third_is_done(proof)]
    return min(found, key=lambda proof: proof.on, default=None)


def _eia(proofs: list[Proof]) -> Reading:
    broke = _first(proofs, "broke_ground")
    return Reading(
        code="eia",
        purpose="环境影响评价",
        criterion="永久性工程正式破土开槽；地质勘察、平整场地、拆除、临时建筑、临时道路和水电接入不算开工",
        basis="环办环评〔2018〕18号",
        state=MET if broke else OPEN,
        on=broke.on if broke else None,
        missing="" if broke else "缺少永久性工程破土开槽的记录",
    )


def _idle_land(proofs: list[Proof], permit_on: date | None, foundation_kind: str) -> Reading:
    kind, proof = FOUNDATIONS.get(
        foundation_kind, ("", "项目事实“基础形式”（深基坑、桩基或者其他），以确定须登记哪一项")
    )
    works = _first(proofs, kind)
    lacking = [] if permit_on else ["施工许可证"]
    lacking += [] if works else [proof]
    return Reading(
        code="idle_land",
        purpose="闲置土地认定（动工开发）",
        criterion="取得施工许可证后，深基坑开挖完毕、桩基全部打入，其他项目基础施工完成三分之一",
        basis="《闲置土地处置办法》",
        state=OPEN if lacking else MET,
        on=max(permit_on, works.on) if permit_on and works else None,
        missing=f"缺少{'、'.join(lacking)}" if lacking else "",
    )


def _building(proofs: list[Proof], permit_on: date | None, today: date) -> Reading:
    broke = _first(proofs, "broke_ground")
    state, on, missing = _within_permit(broke.on if broke else None, permit_on, proofs, today)
    return Reading(
        code="building",
        purpose="建筑施工",
        criterion="领取施工许可证之日起三个月内开工；可以延期两次，每次不超过三个月",
        basis="《建筑法》第七条、第九条",
        state=state,
        on=on,
        missing=missing,
    )


def _within_permit(
    broke_on: date | None, permit_on: date | None, proofs: list[Proof], today: date
) -> tuple[str, date | None, str]:
    if permit_on is None:
        return (BROKEN, None, "尚无施工许可证即已破土") if broke_on else (OPEN, None, "缺少施工许可证")
    last = permit_valid_until(permit_on, proofs)
    until = in_chinese(last)
    if broke_on is None:
        lapsed = today > last
        return (BROKEN, None, f"至{until}未开工，施工许可证自行废止") if lapsed else (OPEN, None, f"须于{until}前开工")
    if broke_on < permit_on:
        return BROKEN, None, f"{in_chinese(broke_on)}破土，早于{in_chinese(permit_on)}领取施工许可证"
    if broke_on > last:
        return BROKEN, None, f"{in_chinese(broke_on)}破土，施工许可证已于{until}后自行废止"
    return MET, broke_on, ""


def permit_valid_until(permit_on: date, proofs: Iterable[Proof]) -> date:
    """The last day to begin: three months, three more for each extension granted in time, two at most."""
    last = add_months(permit_on, PERMIT_MONTHS)
    extensions = sorted(proof.on for proof in proofs if proof.kind == "permit_extended")
    for count, granted_on in enumerate(extensions, start=1):
        if count > MOST_EXTENSIONS or granted_on > last:
            break
        last = add_months(permit_on, PERMIT_MONTHS * (count + 1))
    return last


def _statistics(proofs: list[Proof]) -> Reading:
    registered = _first(proofs, "stat_registered")
    return Reading(
        code="statistics",
        purpose="固定资产投资统计",
        criterion="设计文件规定的永久性工程首次开始施工，并完成统计入库",
        basis="",
        state=MET if registered else OPEN,
        on=registered.on if registered else None,
        missing="" if registered else "缺少固定资产投资统计入库的记录",
        confirmed_by="统计部门",
    )
