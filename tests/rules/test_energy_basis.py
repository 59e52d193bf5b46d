"""Whole, increment or expansion: which consumption is compared, at both ends, and the words in which it is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.editions import edition_on
from approvals.rules.energy.basis import KGCE_PER_KWH, LEAST_KGCE_PER_KG_COAL, project_basis
from approvals.rules.energy.coefficients import table_on
from approvals.rules.energy.lines import Amounts, convert_lines
from approvals.rules.spans import NOTHING, UNBOUNDED, Span

ON = date(2026, 11, 24)
D = Decimal
COAL = {"carrier": "raw_coal", "quantity": "1000", "unit": "t"}  # 714.3 tce
POWER = {"carrier": "electricity", "quantity": "100", "unit": "万kWh"}  # 122.9 tce
WHOLE = Amounts(Span.of(D("837.2")), Span.of(D(1000)), Span.of(D(1_000_000)))


def basis(*lines, on=ON, **facts):
    given = list(lines) or [COAL, POWER]
    return project_basis(facts, convert_lines(given, table_on(on)), edition_on("energy", on))


def asked(found):
    return [(need, question.fact, question.text) for need, question in found.questions]


def test_a_new_project_counts_whole():
    found = basis(nature="new")
    assert (found.amounts, found.how) == (WHOLE, "按项目建成后的全部年综合能源消费量计算")
    assert (found.questions, found.warnings) == ([], [])


def test_stated_totals_stand_before_the_lines():
    found = basis(nature="new", after_tce="900", after_coal_t="5", after_kwh="7")
    assert found.amounts == Amounts(Span.of(D(900)), Span.of(D(5)), Span.of(D(7)))


RULING = "请向节能审查机关确认煤炭消费量是否同样按增量计算"
UNCHANGED = {"nature": "tech_transform", "site_process_equipment_unchanged": True}


def test_an_increment_is_after_less_before_in_energy_and_power_and_open_in_coal():
    found = basis(**UNCHANGED, baseline_tce="800", baseline_coal_t="900", baseline_kwh="400000")
    assert found.how == "按建成投产后年综合能源消费增量计算"
    assert found.amounts.tce == Span.of(D("37.2"))
    assert found.amounts.kwh == Span.of(D(600_000))
    assert found.amounts.coal_t == Span(D(100), D(1000))  # the article is silent on coal
    assert asked(found) == [("coal_basis", "coal_by_increment", RULING)]


@pytest.mark.parametrize(("ruling", "coal"), [(True, Span.of(D(100))), (False, Span.of(D(1000)))])
def test_a_ruling_of_the_authority_settles_how_coal_is_counted(ruling, coal):
    stated = {"baseline_tce": "800", "baseline_coal_t": "900", "baseline_kwh": "0", "coal_by_increment": ruling}
    found = basis(**UNCHANGED, **stated)
    assert (found.amounts.coal_t, asked(found)) == (coal, [])


def test_only_coal_by_increment_needs_the_coal_before():
    stated = {"baseline_tce": "800", "baseline_kwh": "0"}
    found = basis(**UNCHANGED, **stated, coal_by_increment=True)
    assert found.amounts.coal_t == Span(D(0), D(1000))
    assert asked(found) == [("baseline_coal_t", "baseline_coal_t", "请填写改造前用煤量（吨）")]
    assert asked(basis(**UNCHANGED, **stated, coal_by_increment=False)) == []


def test_an_increment_may_be_negative():
    found = basis(POWER, **UNCHANGED, baseline_tce="200", baseline_kwh="2000000")
    assert (found.amounts.tce, found.amounts.kwh) == (Span.of(D("-77.1")), Span.of(D(-1_000_000)))
    assert found.amounts.coal_t == NOTHING


def test_an_increment_without_a_baseline_lies_between_nothing_and_the_whole():
    found = basis(**UNCHANGED)
    assert found.amounts == Amounts(Span(D(0), D("837.2")), Span(D(0), D(1000)), Span(D(0), D(1_000_000)))
    assert asked(found) == [
        ("baseline_tce", "baseline_tce", "请填写改造前年综合能源消费量（吨标准煤）"),
        ("coal_basis", "coal_by_increment", RULING),
        ("baseline_coal_t", "baseline_coal_t", "请填写改造前用煤量（吨）"),
        ("baseline_kwh", "baseline_kwh", "请填写改造前年用电量（千瓦时）"),
    ]


def test_more_coal_before_than_after_may_go_below_nothing():
    assert basis(**UNCHANGED, baseline_coal_t="1200").amounts.coal_t == Span(D(-200), D(1000))
    assert basis(**UNCHANGED, baseline_coal_t="0").amounts.coal_t == Span.of(D(1000))


def test_whether_nothing_was_changed_is_tried_both_ways():
    found = basis(POWER, nature="reconstruction", baseline_tce="100")
    assert found.how == "增量与全部消费量两种口径均已试算"
    assert found.amounts.tce == Span(D("22.9"), D("122.9"))
    assert asked(found)[0] == (
        "site_process_equipment_unchanged",
        "site_process_equipment_unchanged",
        "建设地点、主要生产工艺和设备是否均未改变？（决定按增量还是按全部消费量计算）",
    )


def test_without_a_baseline_a_reconstruction_counts_whole_and_is_told_of_the_increment():
    found = basis(nature="reconstruction")
    assert (found.amounts, found.warnings, found.questions) == (WHOLE, ["INCREMENT_POSSIBLE"], [])
    changed = basis(nature="reconstruction", site_process_equipment_unchanged=False, baseline_tce="800")
    assert (changed.amounts, changed.warnings) == (WHOLE, [])


def test_the_order_of_2016_asks_nothing_before_it_counts_an_increment():
    found = basis(POWER, on=date(2022, 6, 1), nature="expansion", baseline_tce="100", baseline_kwh="1")
    assert found.amounts.tce == Span.of(D("22.9"))


# expansions ---------------------------------------------------------------------------------------------------------

SHARED = "扩建项目是否与原有工程共用锅炉、配电等公用设施？"
BOUNDARY = "扩建与原有工程共用锅炉、配电等设施：请向节能审查机关确认项目边界（只算扩建部分，还是全厂）"


def test_an_expansion_by_itself_counts_what_it_uses():
    found = basis(nature="expansion", shared_utilities=False)
    assert (found.amounts, found.questions) == (WHOLE, [])
    assert found.how == "按扩建项目自身的年综合能源消费量计算"


@pytest.mark.parametrize(
    ("shared", "question"),
    [
        (True, ("project_boundary", "project_boundary", BOUNDARY)),
        (None, ("shared_utilities", "shared_utilities", SHARED)),
    ],
)
def test_an_expansion_that_shares_its_utilities_has_no_upper_bound(shared, question):
    found = basis(nature="expansion", shared_utilities=shared)
    assert found.amounts == Amounts(*(Span(span.low, UNBOUNDED) for span in (WHOLE.tce, WHOLE.coal_t, WHOLE.kwh)))
    assert asked(found) == [question]


def test_an_expansion_apart_from_the_plant_is_after_less_before():
    found = basis(
        nature="expansion", shared_utilities=False, baseline_tce="800", baseline_coal_t="900", baseline_kwh="400000"
    )
    assert found.how == "按扩建项目自身消费量（建成后减去原有）计算"
    assert found.amounts == Amounts(Span.of(D("37.2")), Span.of(D(100)), Span.of(D(600_000)))
    assert found.questions == []


def test_a_baseline_that_lacks_coal_or_power_leaves_these_open():
    found = basis(nature="expansion", shared_utilities=False, baseline_tce="800")
    assert (found.amounts.coal_t, found.amounts.kwh) == (Span(D(0), D(1000)), Span(D(0), D(1_000_000)))
    assert asked(found) == [
        ("baseline_coal_t", "baseline_coal_t", "请填写扩建前用煤量（吨）"),
        ("baseline_kwh", "baseline_kwh", "请填写扩建前年用电量（千瓦时）"),
    ]


@pytest.mark.parametrize(
    ("boundary", "amounts", "how"),
    [
        (
            "expansion_only",
            Amounts(Span.of(D("37.2")), Span.of(D(100)), Span.of(D(0))),
            "按扩建项目自身消费量（建成后减去原有）计算",
        ),
        ("whole_plant", WHOLE, "按节能审查机关确认的范围，以扩建后全厂的年综合能源消费量计算"),
    ],
)
def test_a_ruling_of_the_authority_settles_the_boundary(boundary, amounts, how):
    before = {"baseline_tce": "800", "baseline_coal_t": "900", "baseline_kwh": "1000000"}
    found = basis(nature="expansion", shared_utilities=True, project_boundary=boundary, **before)
    assert (found.amounts, found.how, asked(found)) == (amounts, how, [])


def test_a_ruling_without_a_baseline_needs_one_only_for_the_whole_plant():
    stated = {"nature": "expansion", "shared_utilities": True}
    assert basis(**stated, project_boundary="expansion_only").amounts == WHOLE
    whole = basis(**stated, project_boundary="whole_plant")
    text = "请填写扩建前全厂的年综合能源消费量（吨标准煤），用能清单填扩建后的全厂"
    assert (whole.amounts.tce, asked(whole)) == (
        Span(WHOLE.tce.low, UNBOUNDED),
        [("baseline_tce", "baseline_tce", text)],
    )


def test_a_ruling_counts_only_where_utilities_are_shared():
    apart = basis(POWER, nature="expansion", shared_utilities=False, baseline_tce="100", project_boundary="whole_plant")
    assert apart.amounts.tce == Span.of(D("22.9"))
    unknown = basis(POWER, nature="expansion", baseline_tce="100", project_boundary="expansion_only")
    assert unknown.amounts.tce == Span(D("22.9"), D("122.9"))


def test_an_expansion_that_shares_and_knows_its_baseline_is_tried_both_ways():
    found = basis(
        nature="expansion", shared_utilities=True, baseline_tce="800", baseline_coal_t="900", baseline_kwh="400000"
    )
    assert found.how == "扩建部分与全厂两种口径均已试算"
    assert found.amounts == Amounts(Span(D("37.2"), D("837.2")), Span(D(100), D(1000)), Span(D(600_000), D(1_000_000)))
    assert asked(found) == [("project_boundary", "project_boundary", BOUNDARY)]


def test_without_a_nature_shared_utilities_alone_make_it_an_expansion():
    assert basis(shared_utilities=True).amounts.tce.high == UNBOUNDED
    assert basis(shared_utilities=False).amounts == WHOLE
    assert basis().amounts == WHOLE


# linked filings -----------------------------------------------------------------------------------------------------


def test_linked_filings_are_added_with_what_they_could_be_of():
    found = basis(POWER, nature="new", linked_filings_tce=["100", "50"])
    assert found.amounts.tce == Span.of(D("272.9"))
    assert found.amounts.coal_t == Span(D(0), D(150) / LEAST_KGCE_PER_KG_COAL)
    assert found.amounts.kwh == Span(D(1_000_000), D(1_000_000) + D(150) * 1000 / KGCE_PER_KWH)
    assert found.how.endswith("，并合并关联备案2项")
    assert found.warnings == ["SPLIT_PROJECT"]
    assert asked(found) == [
        ("linked_filings_coal_t", "linked_filings_coal_t", "请填写关联备案项目的年煤炭消费量（吨，不用煤填0）"),
        ("linked_filings_kwh", "linked_filings_kwh", "请填写关联备案项目的年用电量（千瓦时）"),
    ]


def test_what_is_known_of_linked_filings_is_exact():
    found = basis(POWER, nature="new", linked_filings_tce="100", linked_filings_coal_t="0", linked_filings_kwh="5")
    assert found.amounts == Amounts(Span.of(D("222.9")), Span.of(D(0)), Span.of(D(1_000_005)))
    assert (found.questions, found.warnings) == ([], ["SPLIT_PROJECT"])


@pytest.mark.parametrize("stated", [None, "", "0", 0, [], ["0"], [None, ""]])
def test_no_linked_filing_adds_nothing(stated):
    found = basis(POWER, nature="new", linked_filings_tce=stated)
    assert (found.amounts.tce, found.warnings, found.questions) == (Span.of(D("122.9")), [], [])
