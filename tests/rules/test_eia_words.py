"""The vocabulary and the names that change on a day."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.legal_names import citation, document, known_citations
from approvals.rules.vocabulary import (
    FACTS,
    FUELS,
    GROUPS,
    INDUSTRIES,
    KINDS,
    NATURES,
    PROCESSES,
    PRODUCTS,
    SCOPES,
    TYPES,
    fact,
    label,
    question,
)

ON = date(2026, 11, 24)


@pytest.mark.parametrize("words", [FACTS, PROCESSES, PRODUCTS, FUELS, NATURES, KINDS])
def test_every_word_has_labels_and_an_example(words):
    for term in words.values():
        assert term.zh, term.name
        assert term.en, term.name
        assert term.help.endswith("。"), term.name


def test_every_fact_says_how_its_value_is_read():
    for term in FACTS.values():
        assert term.type in TYPES, term.name
        assert term.of in SCOPES, term.name
        assert term.unit or term.type != "decimal" or term.of == "energy_line", term.name


def test_labels_are_unambiguous():
    for words in (PROCESSES, PRODUCTS, FUELS, NATURES, KINDS):
        labels = [term.zh for term in words.values()]
        assert len(labels) == len(set(labels))


def test_every_industry_belongs_to_a_seed_group_and_has_a_row():
    assert {industry.group for industry in INDUSTRIES.values()} == set(GROUPS)
    for industry in INDUSTRIES.values():
        rows = catalogue_on(ON).rows_of({"gb4754": industry.code})
        assert rows, industry.code
        assert set(industry.products) <= PRODUCTS.keys() & set().union(*(row.products for row in rows)), industry.code


def test_every_kind_of_works_is_known_to_the_catalogue():
    assert catalogue_on(ON).rows_by_kind.keys() == KINDS.keys() - {"product_line"}


def test_a_question_says_which_part_is_meant():
    assert question("activities.1.processes").startswith("第2项建设内容：请填写全部生产工艺")
    assert question("activities.0.solvent_coating_t", "家具").startswith("第1项建设内容（家具）：溶剂型涂料")
    assert question("two_high").startswith("是否属于高耗能")
    assert "平方米" in question("floor_area_m2")


def test_labels_in_two_languages():
    assert (label("coating"), label("coating", "en")) == ("涂装", "Coating")
    assert label("喷漆") == "喷漆"
    assert fact("solvent_coating_t").unit == "吨/年"
    with pytest.raises(KeyError):
        fact("colour")


@pytest.mark.parametrize("level", ["report_book", "report_table", "register"])
def test_documents_are_named_by_the_day(level):
    assert "生态环境影响" not in document(level, date(2026, 8, 14))
    assert document(level, date(2026, 8, 15)).startswith("生态环境影响")
    assert document(level, ON, "en") != document(level, date(2026, 8, 14), "en")


def test_no_citation_mixes_the_two_laws():
    for key in known_citations():
        assert "环境影响评价法》" not in citation(key, date(2026, 8, 15))
    for key in set(known_citations()) - {"eia_re_examination"}:
        assert "生态环境法典" not in citation(key, date(2026, 8, 14))


def test_a_provision_that_is_not_known_for_a_day_is_an_error():
    with pytest.raises(LookupError):
        citation("eia_re_examination", date(2026, 8, 14))
