"""Reading an edition of the two catalogues: what becomes of each entry, and what is refused, by its name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from approvals.rules.editions import Edition, edition_on
from approvals.rules.eia import catalogue as eia
from approvals.rules.evaluator import facts_in
from approvals.rules.matters import catalogue as matters

ON = date(2026, 11, 24)
AREA = {"fact": "in_row_sensitive_area", "op": "==", "value": True}
PAINT = {"fact": "solvent_coating_t", "op": ">=", "value": 10}
TANNING = {"fact": "processes", "op": "includes_any", "value": ["tanning"]}
TEXT = {"report_book": "甲", "report_table": "乙", "register": "/", "sensitive_area": None}
ROW: dict[str, Any] = {
    "row": 36,
    "name": "家具制造211；竹藤家具2120",
    "gb4754": [{"code": "211", "industrial_building_only": True}, {"code": "2120", "industrial_building_only": False}],
    "confidence": "high",
    "text": TEXT | {"sensitive_area": "第三条（一）"},
    "products": ["fur_processing"],
    "rules": {"table": {"always": True}, "book": {"any": [PAINT, {"not": {"all": [TANNING, AREA]}}]}},
    "human_when": {"report_book": {"fact": "nature", "op": "in", "value": ["rebuild"]}},
    "cautions": [{"code": "ONE", "text": "一", "outcome": "report_table"}, {"code": "TWO", "text": "二", "when": AREA}],
}


def edition(name: str, data: dict[str, Any]) -> Edition:
    return Edition(name, "toy", "试行目录", date(2020, 1, 1), None, "0" * 64, data)


def eia_of(*rows: dict[str, Any], **more: Any) -> eia.Catalogue:
    data = {
        "rows": list(rows),
        "unlisted_gb4754_in_manufacturing": {"names": {"190": "甲"}},
        "inferences": {"zero_without_process": [{"a": 1}], "product_by_code": {"1910": "leather_product"}},
        "rows_by_kind": {"boiler": 36},
        "rows_without_code": {"70": 36},
    }
    return eia.catalogue_of.__wrapped__(edition("eia", data | more))


def test_a_row_is_read_whole():
    found = eia_of(ROW).rows[36]
    assert (found.number, found.name, found.confidence) == (36, "家具制造211；竹藤家具2120", "high")
    assert found.codes == {"211": True, "2120": False}
    assert (found.text, found.sensitive_area) == (ROW["text"], "第三条（一）")
    assert found.products == {"fur_processing"}
    assert [level for level, _condition in found.columns] == ["report_book", "report_table"]  # the strictest first
    assert found.human_when == (("report_book", ROW["human_when"]["report_book"]),)
    assert found.facts == {"solvent_coating_t", "processes", "in_row_sensitive_area", "nature"}
    assert found.highest == eia.RANK["report_book"]


def test_limits_become_exact_and_are_listed_once_each():
    twice = {"all": [PAINT, PAINT, {"fact": "other_coating_t", "op": "<", "value": 0.5}]}
    found = eia_of(ROW | {"rules": {"book": twice, "table": PAINT}, "human_when": {}}).rows[36]
    (_level, condition), _table = found.columns
    assert [part["value"] for part in condition["all"]] == [Decimal(10), Decimal(10), Decimal("0.5")]
    assert all(isinstance(part["value"], Decimal) for part in condition["all"])
    assert found.comparisons == (
        eia.Comparison("solvent_coating_t", ">=", Decimal(10)),
        eia.Comparison("other_coating_t", "<", Decimal("0.5")),
    )


def test_a_comparison_is_found_within_a_denial_and_words_are_none():
    found = eia_of(ROW | {"rules": {"book": {"not": PAINT}, "table": {"any": [TANNING, AREA]}}}).rows[36]
    assert [one.fact for one in found.comparisons] == ["solvent_coating_t"]


def test_cautions_hold_always_unless_they_say_when():
    first, second = eia_of(ROW).rows[36].cautions
    assert (first.code, first.text, first.when, first.outcome) == ("ONE", "一", {"always": True}, "report_table")
    assert (second.code, second.when, second.outcome) == ("TWO", AREA, None)


def test_a_row_of_text_alone_has_no_columns():
    found = eia_of({key: ROW[key] for key in ("row", "name", "confidence")} | {"gb4754": [], "text": TEXT}).rows[36]
    assert (found.columns, found.human_when, found.cautions, found.products) == ((), (), (), frozenset())
    assert (found.sensitive_area, found.comparisons, found.facts) == ("", (), frozenset())


@pytest.mark.parametrize(
    ("texts", "highest"),
    [
        ({"report_book": "/"}, "report_table"),
        ({"report_book": "/", "report_table": "/", "register": "全部"}, "register"),
        ({"report_book": "/", "report_table": "/"}, "not_subject"),
    ],
)
def test_the_strictest_column_is_the_one_that_has_a_text(texts, highest):
    found = eia_of(ROW | {"text": TEXT | texts, "rules": {}, "human_when": {}, "cautions": []}).rows[36]
    assert found.highest == eia.RANK[highest]


def test_codes_stars_and_titles_go_by_the_code():
    found = eia_of(ROW).rows[36]
    assert [found.code_for(code) for code in ("2110", "2120", "2130")] == ["211", "2120", None]
    assert [found.starred(code) for code in ("2110", "2120", "2130")] == [True, False, False]
    assert [found.title_for(code) for code in ("2110", "2120")] == ["家具制造211", "竹藤家具2120"]
    assert found.title_for("9999") == found.name
    bare = eia_of(ROW | {"gb4754": []}).rows[36]
    assert bare.starred("2110") is False
    all_starred = eia_of(ROW | {"gb4754": [{"code": "211", "industrial_building_only": True}]}).rows[36]
    assert all_starred.starred("9999") is True


def test_an_activity_finds_its_rows_by_code_kind_name_and_section():
    other = ROW | {"row": 7, "gb4754": [{"code": "2110", "industrial_building_only": False}]}
    found = eia_of(ROW, other)
    numbers = [
        [row.number for row in found.rows_of(activity)]
        for activity in ({"gb4754": "2110"}, {"kind": "boiler"}, {"row": "7"}, {"gb4754": "7010"}, {}, {"row": 99})
    ]
    assert numbers == [[7, 36], [36], [7], [36], [], []]
    assert set(found.by_code) == {"211", "2120", "2110"}


def test_what_the_catalogue_leaves_out_is_known_by_three_digits():
    found = eia_of(ROW, unlisted_gb4754_elsewhere={"names": {"592": "乙"}})
    assert found.unlisted == {"190": "甲", "592": "乙"}
    assert (found.is_unlisted("1901"), found.is_unlisted("5921"), found.is_unlisted("2110")) == (True, True, False)
    assert (found.rows_by_kind, found.rows_without_code) == ({"boiler": 36}, {"70": 36})
    assert (found.zero_without_process, found.product_by_code) == (({"a": 1},), {"1910": "leather_product"})
    assert found.edition.edition == "toy"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"products": ["soup", "fur_processing"]}, r"^eia row 36: products not in the vocabulary: \['soup'\]$"),
        ({"rules": {"book": {"fact": "mood", "op": "==", "value": 1}}}, "^eia row 36: unknown fact 'mood'$"),
        ({"human_when": {"register": {"fact": "mood", "op": "==", "value": 1}}}, "^eia row 36: unknown fact 'mood'$"),
        (
            {"rules": {"book": {"any": [TANNING | {"value": ["tanning", "alchemy"]}]}}},
            r"^eia row 36: words not in the vocabulary: \['alchemy'\]$",
        ),
        (
            {"cautions": [{"code": "X", "text": "", "when": {"fact": "product", "op": "in", "value": ["soup"]}}]},
            r"^eia row 36: words not in the vocabulary: \['soup'\]$",
        ),
        ({"rules": {"table": {"fact": "other_coating_t", "op": "~", "value": 1}}}, "needs a value and an op"),
    ],
)
def test_a_row_with_a_word_nobody_knows_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        eia_of(ROW | change)


def test_a_catalogue_without_rows_is_refused():
    with pytest.raises(ValueError, match=r"^eia toy: a catalogue without rows would exempt everything$"):
        eia_of()


# The catalogue of matters ---------------------------------------------------------------------------------------------


def entry(code: str = "X01", **changes: Any) -> dict[str, Any]:
    """An entry as the edition in force has it, under another code."""
    stated = edition_on("matters", ON).data["matters"]
    plain = next(row for row in stated if row["code"] == "R06")
    return {**plain, "prerequisites": [], "alternative_of": [], "stands_in_for": None, "code": code} | changes


def matters_of(*entries: dict[str, Any]) -> matters.MatterCatalogue:
    return matters.catalogue_of.__wrapped__(edition("matters", {"matters": list(entries)}))


def test_a_matter_is_read_whole():
    spare = {"when": AREA_STATED, "reason": "已有区域评估", "basis": "《条例》"}
    raw = entry(
        applies={"always": True},
        spares=[spare],
        chosen_when=SOCIAL,
        commitment_when=AREA_STATED,
        conditional_prerequisites=["X02"],
        alternative_of=["X02"],
        stands_in_for="X03",
        prerequisites=["X03"],
    )
    found = matters_of(raw, entry("X02"), entry("X03")).matters["X01"]
    assert (found.code, found.entry, found.applies) == ("X01", raw, {"always": True})
    assert found.spares == (matters.Spare(AREA_STATED, "已有区域评估", "《条例》"),)
    assert (found.chosen_when, found.commitment_when) == (SOCIAL, AREA_STATED)
    assert (found.alternative_of, found.stands_in_for) == (("X02",), ("X02", "X03"))
    assert (found.prerequisites, found.conditional_prerequisites) == (("X03",), ("X02",))


AREA_STATED = {"fact": "zone_energy_review_valid", "op": "==", "value": True}
SOCIAL = {"fact": "private_investment", "op": "==", "value": True}


def test_a_matter_says_nothing_that_its_entry_leaves_out():
    raw = {key: value for key, value in entry().items() if key not in OPTIONAL}
    found = matters_of(raw).matters["X01"]
    assert (found.spares, found.chosen_when, found.commitment_when) == ((), None, None)
    assert (found.alternative_of, found.stands_in_for, found.conditional_prerequisites) == ((), (), ())


OPTIONAL = {
    *("spares", "chosen_when", "commitment_when", "alternative_of", "stands_in_for", "conditional_prerequisites"),
    "conditional_materials",
}


def test_alternatives_come_with_the_most_encompassing_first():
    one, both = entry("X03", alternative_of=["X01"]), entry("X04", alternative_of=["X01", "X02"])
    found = matters_of(entry("X01"), entry("X02"), one, both)
    assert [matter.code for matter in found.alternatives_of("X01")] == ["X04", "X03"]
    assert [matter.code for matter in found.alternatives_of("X02")] == ["X04"]
    assert found.alternatives_of("X03") == ()


def test_a_fact_leads_to_the_matters_that_read_it():
    catalogue = matters.matters_on(ON)
    for fact in ("zone_energy_review_valid", "uses_forest_land", "private_investment"):
        codes = matters.matters_reading(fact, ON)
        assert list(codes) == [code for code, matter in catalogue.matters.items() if _mentions(matter, fact)]
    assert matters.matters_reading("uses_forest_land", ON)


def _mentions(matter: matters.Matter, fact: str) -> bool:
    grounds = [matter.applies, matter.chosen_when, matter.commitment_when, *(one.when for one in matter.spares)]
    return any(fact in facts_in(condition) for condition in grounds if condition)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"prerequisites": ["X09"]}, "^matter X01: unknown matter 'X09'$"),
        ({"alternative_of": ["X09"]}, "^matter X01: unknown matter 'X09'$"),
        ({"stands_in_for": "X09"}, "^matter X01: unknown matter 'X09'$"),
        ({"department_kind": "circus"}, "^matter X01: department_kind is 'circus'$"),
        ({"supervising_kind": "circus"}, "^matter X01: supervising_kind is 'circus'$"),
        ({"before": "lunch"}, "^matter X01: before is 'lunch'$"),
        ({"route": "scenic"}, "^matter X01: route is 'scenic'$"),
        ({"recorded_by": "heart"}, "^matter X01: recorded_by is 'heart'$"),
        ({"gate": ["permit", "garden"]}, r"^matter X01: unknown gates \['garden'\]$"),
        ({"conditional_materials": ["石头"]}, r"conditional materials that are none of its own \['石头'\]$"),
        ({"applies": {"fact": "mood", "op": "==", "value": 1}}, r"^matter X01: unknown facts \['mood'\]$"),
        ({"chosen_when": {"fact": "mood", "op": "==", "value": 1}}, r"^matter X01: unknown facts \['mood'\]$"),
        ({"commitment_when": {"fact": "mood", "op": "==", "value": 1}}, r"^matter X01: unknown facts \['mood'\]$"),
        (
            {"spares": [{"when": {"fact": "mood", "op": "==", "value": 1}, "reason": "", "basis": ""}]},
            r"^matter X01: unknown facts \['mood'\]$",
        ),
        ({"applies": {"fact": "two_high", "op": "~", "value": 1}}, "needs a value and an op"),
    ],
)
def test_a_matter_with_a_word_nobody_knows_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        matters_of(entry(**change))


def test_a_matter_is_named_and_cited_as_on_the_day():
    found = matters.matters_on(ON).matters
    assert found["R09"].name(date(2026, 8, 14)) != found["R09"].name(date(2026, 8, 15))
    assert found["R09"].basis(date(2026, 8, 14)) != found["R09"].basis(date(2026, 8, 15))
    assert found["R06"].basis(ON) == "《城乡规划法》第四十条、第六十四条"
