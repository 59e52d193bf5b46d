"""What each reading of a start says: for what purpose, by which criterion and statute, and what is lacking."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.commencement import Proof, Reading, permit_valid_until, readings
from tests.rules.test_commencement import PERMIT, TODAY, read

BROKE = Proof("broke_ground", date(2026, 6, 10))
PIT = Proof("pit_finished", date(2026, 7, 1))
WORKS = "基坑开挖完毕的记录"


def said(code, *proofs, **more):
    row = read(code, *proofs, **{"founded": "deep_pit"} | more)
    return row.state, row.on, row.missing


def test_the_four_readings_come_in_their_order_each_with_its_purpose_and_statute():
    found = [
        (row.code, row.purpose, row.basis) for row in readings([], permit_on=PERMIT, today=TODAY, foundation_kind="")
    ]
    assert found == [
        ("eia", "环境影响评价", "环办环评〔2018〕18号"),
        ("building", "建筑施工", "《建筑法》第七条、第九条"),
        ("idle_land", "闲置土地认定（动工开发）", "《闲置土地处置办法》"),
        ("statistics", "固定资产投资统计", ""),
    ]


def test_each_reading_states_its_own_criterion():
    criteria = {row.code: row.criterion for row in readings([], permit_on=PERMIT, today=TODAY, foundation_kind="")}
    assert criteria["eia"].startswith("永久性工程正式破土开槽；")
    assert criteria["eia"].endswith("临时道路和水电接入不算开工")
    assert criteria["building"] == "领取施工许可证之日起三个月内开工；可以延期两次，每次不超过三个月"
    assert criteria["idle_land"].startswith("取得施工许可证后，深基坑开挖完毕")
    assert criteria["idle_land"].endswith("其他项目基础施工完成三分之一")
    assert criteria["statistics"] == "设计文件规定的永久性工程首次开始施工，并完成统计入库"


def test_only_the_statistical_reading_waits_for_somebodys_word():
    confirmed = {row.code: row.confirmed_by for row in readings([], permit_on=PERMIT, today=TODAY, foundation_kind="")}
    assert confirmed == {"eia": "", "building": "", "idle_land": "", "statistics": "统计部门"}


def test_the_environmental_reading_lacks_the_breaking_of_ground():
    assert said("eia") == ("open", None, "缺少永久性工程破土开槽的记录")
    assert said("eia", BROKE) == ("met", BROKE.on, "")


@pytest.mark.parametrize(
    ("proofs", "permit_on", "expected"),
    [
        ([], PERMIT, ("open", None, f"缺少{WORKS}")),
        ([PIT], None, ("open", None, "缺少施工许可证")),
        ([], None, ("open", None, f"缺少施工许可证、{WORKS}")),
        ([PIT], PERMIT, ("met", PIT.on, "")),
    ],
)
def test_the_land_reading_names_all_that_is_lacking(proofs, permit_on, expected):
    assert said("idle_land", *proofs, permit_on=permit_on) == expected


@pytest.mark.parametrize(
    ("proofs", "permit_on", "today", "expected"),
    [
        ([], None, TODAY, ("open", None, "缺少施工许可证")),
        ([BROKE], None, TODAY, ("broken", None, "尚无施工许可证即已破土")),
        ([], PERMIT, date(2026, 9, 1), ("open", None, "须于2026年9月1日前开工")),
        ([], PERMIT, date(2026, 9, 2), ("broken", None, "至2026年9月1日未开工，施工许可证自行废止")),
        ([BROKE], PERMIT, TODAY, ("met", BROKE.on, "")),
        (
            [Proof("broke_ground", date(2026, 5, 31))],
            PERMIT,
            TODAY,
            ("broken", None, "2026年5月31日破土，早于2026年6月1日领取施工许可证"),
        ),
        (
            [Proof("broke_ground", date(2026, 9, 2))],
            PERMIT,
            date(2026, 9, 3),
            ("broken", None, "2026年9月2日破土，施工许可证已于2026年9月1日后自行废止"),
        ),
    ],
)
def test_the_building_reading_says_why_it_is_open_or_broken(proofs, permit_on, today, expected):
    assert said("building", *proofs, permit_on=permit_on, today=today) == expected


def test_the_statistical_reading_lacks_its_registration():
    assert said("statistics") == ("open", None, "缺少固定资产投资统计入库的记录")
    assert said("statistics", Proof("stat_registered", date(2026, 7, 5))) == ("met", date(2026, 7, 5), "")


def test_an_extension_on_the_last_day_is_in_time_and_on_the_next_day_is_not():
    assert permit_valid_until(PERMIT, [Proof("permit_extended", date(2026, 9, 1))]) == date(2026, 12, 1)
    assert permit_valid_until(PERMIT, [Proof("permit_extended", date(2026, 9, 2))]) == date(2026, 9, 1)


def test_only_a_met_reading_is_met():
    for state, met in (("met", True), ("open", False), ("broken", False)):
        assert Reading("eia", "", "", "", state).is_met is met
