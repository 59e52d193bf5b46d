"""The rule library: everything that decides can be read, searched and compared, and the cases stand beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
import yaml

from approvals.rules import library
from approvals.rules.casefiles import CASES
from approvals.rules.editions import DATA, editions, names
from approvals.rules.library.comparing import marked
from approvals.rules.library.wording import in_words

TODAY = date(2026, 11, 24)
EIA = library.volume("eia", "2021")
# A hospital without a row, and limits that no national edition knows: these cases stand beside no row.
OF_NO_ROW = {"eia": {"R32"}, "standard_land": {"S017", "S019", "S028", "S029"}}


def test_every_edition_that_ships_is_on_a_shelf():
    files = {path.stem for path in DATA.glob("*-*.yaml")}
    assert {f"{v.name}-{v.edition.edition}" for name in library.tables() for v in library.volumes(name)} == files
    assert all(volume.entries for name in library.tables() for volume in library.volumes(name))


def test_every_table_has_a_chinese_name_and_tells_its_rules_without_a_word_of_the_code():
    assert set(library.tables()) == set(names())
    for volume in (volume for name in library.tables() for volume in library.volumes(name)):
        assert "\u4e00" <= volume.label[0] <= "\u9fff", volume.name
    handled = [
        v
        for name in ("clock", "validity", "obligations", "credit", "annulment", "remedies")
        for v in library.volumes(name)
    ]
    said = [
        text for v in handled for e in v.entries for text in (e.number, e.title, e.clauses[0].quote, *sum(e.facts, ()))
    ]
    assert len(said) > 150
    assert not [text for text in said if re.search("[a-z]", text) or not text]


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ("clock", "ground-technical_review-C02", "技术评审所需时间不计入审批期限，最多30个工作日"),
        ("clock", "extension-agency-R02", "期限内不能作出决定的，可以延长一次，最多40个工作日，并告知申请人理由"),
        ("annulment", "fraud", "被许可人以欺骗、贿赂等不正当手段取得许可：应当撤销"),
        ("remedies", "court", "对决定不服的，可以自知道本决定之日起六个月内，向有管辖权的人民法院提起行政诉讼"),
    ],
)
def test_a_rule_of_handling_is_told_in_a_sentence(table, key, said):
    assert library.volumes(table)[0].by_key[key].clauses[0].quote == said


def test_every_row_of_the_catalogue_can_be_read_with_its_three_columns():
    rows = [EIA.by_key[str(number)] for number in range(1, 174)]
    for row, entry in zip(EIA.edition.data["rows"], rows, strict=True):
        texts = [row["text"][level] for level in ("report_book", "report_table", "register")]
        assert [clause.quote or "/" for clause in entry.clauses] == texts
        assert (entry.title, entry.group) == (row["name"], row["category"])
        assert entry.structured == any(clause.rule for clause in entry.clauses)


def test_a_rule_is_told_in_plain_words():
    book, table, register = EIA.by_key["36"].clauses
    assert book.rule.flat() == (
        "满足下列任意一项（工艺含有电镀、化学镀、阳极氧化中的任意一种；溶剂型涂料（含稀释剂）每年10吨及以上）"
    )
    assert table.rule.text == "除下列情形以外"
    assert (register.quote, register.rule) == ("", None)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"fact": "solvent_coating_t", "op": ">=", "value": 10}, "溶剂型涂料（含稀释剂）每年10吨及以上"),
        ({"fact": "solvent_coating_t", "op": ">", "value": 10}, "溶剂型涂料（含稀释剂）每年超过10吨"),
        ({"fact": "solvent_coating_t", "op": "<", "value": "9.50"}, "溶剂型涂料（含稀释剂）每年不满9.5吨"),
        ({"fact": "floor_area_m2", "op": "<=", "value": 300}, "总建筑面积300平方米及以下"),
        ({"fact": "solvent_coating_t", "op": "==", "value": 0}, "溶剂型涂料（含稀释剂）每年为0吨"),
        ({"fact": "uses_forest_land", "op": "==", "value": True}, "使用林地：是"),
        ({"fact": "eia_outcome", "op": "==", "value": "register"}, "环评类别为登记表"),
        ({"fact": "eia_outcome", "op": "in", "value": ["report_book", "report_table"]}, "环评类别为报告书或报告表"),
        ({"fact": "processes", "op": "includes_any", "value": ["coating"]}, "工艺含有涂装"),
        ({"fact": "processes", "op": "subset_of", "value": ["cutting", "assembly"]}, "工艺全部在分割/裁切、组装之内"),
        ({"not": {"always": True}}, "不适用"),
        ({"all": [{"always": True}]}, "一律适用"),
        ({"not": {"fact": "uses_forest_land", "op": "==", "value": False}}, "除下列情形以外（使用林地：否）"),
    ],
)
def test_each_operator_has_its_words(condition, said):
    assert in_words(condition).flat() == said


def test_no_word_of_any_rule_is_left_untranslated():
    said = [
        clause.rule.flat()
        for name in library.tables()
        for volume in library.volumes(name)
        for entry in volume.entries
        for clause in entry.clauses
        if clause.rule
    ]
    assert len(said) > 150
    assert not [text for text in said if "_" in text]


@pytest.mark.parametrize(
    ("query", "key"),
    [("2110", "36"), ("211", "36"), ("3072", "59"), ("１４１", "gb141"), ("第三十六项", None), ("低vocs 家具", "36")],
)
def test_a_search_finds_by_code_and_by_words(query, key):
    found = [hit.entry.key for hit in library.search(query, name="eia")]
    assert (key in found) if key else found == []


def test_what_leads_comes_first_and_every_word_counts():
    found = library.search("家具", name="eia")
    assert found[0].entry.key == "36"
    assert library.search("家具 敏感区", name="eia") == ()
    assert library.search("家具 锅炉房核电", name="") == ()


def test_a_search_keeps_to_the_table_and_to_the_law_of_the_day():
    every = {hit.volume.edition.edition for hit in library.search("豁免", name="energy")}
    assert every == {"2016", "2023", "2025"}
    assert {hit.volume.edition.edition for hit in library.search("豁免", name="energy", on=TODAY)} == {"2025"}
    assert {hit.volume.name for hit in library.search("水土保持")} >= {"matters"}
    assert library.search("水土保持", name="nothing") == ()


def test_an_unknown_edition_is_an_error():
    for name, edition in (("eia", "1999"), ("nothing", "2021"), ("..", "2021")):
        with pytest.raises(LookupError):
            library.volume(name, edition)
    assert library.in_force("energy", date(2024, 1, 1)).edition.edition == "2023"
    assert library.in_force("energy", date(2001, 1, 1)) is None


def test_every_case_that_ships_stands_beside_what_it_tests():
    for file, name in (("eia", "eia"), ("energy", "energy"), ("standard_land", "standard_land")):
        cases = {case["id"] for case in yaml.safe_load((CASES / f"{file}_cases.yaml").read_bytes())["cases"]}
        shown = {
            case.id
            for volume in library.volumes(name)
            for entry in volume.entries
            for case in library.cases_of(name, volume.edition.edition, entry.key)
        }
        assert cases - shown == OF_NO_ROW.get(name, set())


def test_a_case_says_what_came_out_and_whether_that_is_known_to_be_right():
    by_id = {case.id: case for case in library.cases_of("eia", "2021", "36")}
    assert (by_id["D01"].outcome, by_id["D01"].agrees) == ("report_book", True)
    replies = [c for n in range(1, 174) for c in library.cases_of("eia", "2021", str(n)) if c.reply]
    assert replies, "an official reply at odds with the text stays visible"
    assert all(case.reply != case.outcome for case in replies)


def test_the_coefficients_know_the_cases_that_use_them():
    assert "E012" in {case.id for case in library.cases_of("energy_coefficients", "2020", "natural_gas")}
    assert library.cases_of("matters", "2026", "R01") == ()
    assert "matters" not in library.tables_with_cases()


def test_two_editions_are_compared_with_both_texts():
    result = library.compare(library.volume("energy", "2023"), library.volume("energy", "2025"))
    assert [entry.key for entry in result.added] == ["state"]
    assert result.removed == ()
    exempt = next(change for change in result.changed if change.new.key == "exempt")
    assert "500万千瓦时" in exempt.texts[0].old
    assert "煤炭消费量不满1000吨" in exempt.texts[0].new
    assert "validity" not in [change.new.key for change in result.changed]


def test_an_edition_compared_with_itself_has_no_difference():
    for name in library.tables():
        for volume in library.volumes(name):
            result = library.compare(volume, volume)
            assert (result.added, result.removed, result.changed) == ((), (), ())
            assert result.same == len(volume.entries)


def test_a_row_that_only_moved_is_recognised_by_its_name():
    moved = _renumbered(EIA.edition, {36: 37, 37: 36})
    result = library.compare(EIA, moved)
    assert (result.added, result.removed) == ((), ())
    renamed = [change for change in result.changed if change.old.title != change.new.title]
    assert (renamed, result.same) == ([], len(EIA.entries))


def _renumbered(edition, numbers):
    rows = [{**row, "row": numbers.get(row["row"], row["row"])} for row in edition.data["rows"]]
    return library.volume_of(replace(edition, data={**edition.data, "rows": rows}))


def test_a_number_changes_as_a_whole():
    assert [piece.text for piece in marked("不满500吨", "不满1000吨") if piece.kind != "same"] == ["500", "1000"]
    for old, new in (("", "甲"), ("甲", ""), ("甲乙1.5丙", "乙2.5丙丁")):
        pieces = marked(old, new)
        assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_the_newest_edition_stands_first():
    for name in library.tables():
        shelf = [volume.edition for volume in library.volumes(name)]
        assert shelf == list(reversed(editions(name)))
