"""The pre-check in English: every question, help and option has words; the law stays Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from approvals.models import Precheck
from approvals.rules import vocabulary
from approvals.rules.precheck.answers import State
from approvals.rules.precheck.industries import search
from approvals.rules.precheck.questions import PHASES, QUESTIONS, RAW, ask_of, english, unit_of
from approvals.selectors.languages import shown
from approvals.selectors.precheck_words import given
from approvals.services.prechecks import begin_precheck
from tests.approvals.test_precheck import ANSWERS, ON, default, files_of_this_test, today, url  # noqa: F401

HAN = re.compile(r"[\u4e00-\u9fff]")
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


def visible(page: str) -> str:
    """Without the values of fields, and without the Chinese words that the hint of the search quotes as examples."""
    return re.sub(r"(value|name)=\"[^\"]*\"|“[^”]*”", "", page)


def worded() -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    yield from PHASES.items()
    for key, question in QUESTIONS.items():
        yield key, question.title
        yield key, question.help
        for name, words in question.words.items():
            yield from ((f"{key}.{name}", text) for text in words.values())
    for section in ("works", "groups", "energy"):
        for name, words in RAW[section].items():
            yield from ((f"{section}.{name}", words[part]) for part in ("ask", "help"))
    for section in ("products", "process_words"):
        yield from RAW[section].items()
    for industry in vocabulary.INDUSTRIES.values():
        yield industry.code, industry.zh


def terms() -> Iterator[tuple[str, str]]:
    """What a question may fall back on: facts in their own words, and the options of lists."""
    asked = [term for term in vocabulary.FACTS.values() if term.of in {"project", "activity"}]
    lists = (vocabulary.NATURES, vocabulary.FUELS, vocabulary.PROCESSES, vocabulary.PRODUCTS)
    for term in (*asked, *(term for words in lists for term in words.values())):
        yield term.name, term.zh
        yield term.name, term.help
    for term in asked:
        yield term.name, ask_of(term.name) if term.type == "bool" else unit_of(term.name)


def test_every_question_help_and_option_has_english():
    table = english()
    texts = [(where, text) for where, text in (*worded(), *terms()) if text]
    assert len(texts) > 1000
    assert [where for where, text in texts if text not in table or HAN.search(table[text]) or not table[text]] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Home appliances"), ("zh-hans", "家用电器"), ("fr", "家用电器")]
)
def test_words_come_in_the_language_of_the_interface(language, words):
    with translation.override(language):
        assert shown("家用电器") == words
        assert shown("第三条（一）中的全部区域") == "第三条（一）中的全部区域"


@pytest.mark.parametrize(("words", "code"), [("sofa", "2190"), ("rice COOKER", "3854"), ("towel", "1772")])
def test_a_product_is_found_by_its_english_name(words, code):
    assert code in [pick.code for pick in search(words, ON)]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["2110", "3854", "2740", "3072"])
def test_an_english_reader_meets_no_chinese_before_the_result(client, code):
    client.cookies["django_language"] = "en"
    start = MAIN.search(client.get(reverse("approvals:precheck")).content.decode())
    assert start is not None
    assert HAN.findall(visible(start.group())) == []
    precheck = begin_precheck({"codes": [code]}, on=ON)
    seen = []
    for _turn in range(40):
        place = client.get(url("next", precheck)).url
        if place == url("result", precheck):
            break
        page = client.get(place)
        seen.append(place.split("/")[3])
        main = MAIN.search(page.content.decode())
        assert main is not None
        assert HAN.findall(visible(main.group())) == [], seen[-1]
        assert client.post(place, answer_of(seen[-1], page.context["form"])).status_code == 302
    assert len(seen) > 8
    with translation.override("en"):
        told = [
            line for row in given(State.from_json(Precheck.objects.get(pk=precheck.pk).answers)) for line in row.lines
        ]
    assert not HAN.search(str(told))


def answer_of(key: str, form: Any) -> dict[str, Any]:
    if key in ANSWERS and not key.startswith("processes"):
        return ANSWERS[key]
    if key.startswith("processes"):
        return {"processes": [form.fields["processes"].choices[0][0]], "rest": "all"}
    return default(form) if key.rpartition("-")[0] != "product" else {"product": "other_product"}
