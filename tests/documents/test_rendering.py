"""Every kind of paper: complete, readable by machines, the same every time, and made without a network."""

from __future__ import annotations

import io
import json
import re
import socket
import subprocess
import sys
from functools import cache

import pypdf
import pytest

from documents import rendering
from documents.facts import shape
from documents.kinds import KINDS
from tests.documents import samples

ALL = pytest.mark.parametrize("kind", KINDS)


@cache
def sheet(kind: str) -> rendering.Sheet:
    return rendering.typeset(KINDS[kind].template, samples.printed(kind))


def reader(kind: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(sheet(kind).content))


def text_of(page: pypdf.PageObject) -> str:
    return re.sub(r"\s+", "", page.extract_text())


@ALL
def test_the_sample_has_the_shape_of_its_kind(kind):
    shape.check(samples.facts(kind), KINDS[kind].facts)


@ALL
def test_the_text_can_be_extracted_with_rare_characters(kind):
    text = "".join(text_of(page) for page in reader(kind).pages)
    assert KINDS[kind].title in text
    assert "山西镕堃㙓𠅤果业有限公司" in text
    assert "2603-140823-04-01-582947" in text
    assert "2026年11月24日" in text


@ALL
def test_every_page_says_what_it_is_and_which_page(kind):
    pages = reader(kind).pages
    assert len(pages) == sheet(kind).pages
    for number, page in enumerate(pages, start=1):
        text = text_of(page)
        assert f"第{number}页共{len(pages)}页" in text
        assert "7K3M-9QXR-0WHT-4ZC8" in text
        if KINDS[kind].numbered:
            assert f"闻审{KINDS[kind].word}〔2026〕12号" in text


@ALL
def test_a_last_page_never_carries_a_seal_alone(kind):
    *before, last = (text_of(page) for page in reader(kind).pages)
    foot = text_of(reader(kind).pages[-1]).index("印章位置")
    assert not before or foot > 20, last


@ALL
def test_all_fonts_are_embedded(kind):
    for page in reader(kind).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()


@ALL
def test_the_facts_are_inside(kind):
    embedded = reader(kind).attachments["facts.json"][0]
    assert json.loads(embedded) == samples.printed(kind)


@ALL
def test_no_value_is_printed_as_nothing(kind):
    """A template that misspells a fact prints a blank: every text among the facts must reach the page."""
    text = "".join(text_of(page) for page in reader(kind).pages)
    silent = {"status", "state", "result", "kind", "outcome", "fact", "figures", "trace", "sha256", "data_uri"}
    for value in texts(samples.facts(kind), silent):
        plain = re.sub(r"\s+", "", value)
        shown = {plain, re.sub(r"^(\d+)-0?(\d+)-0?(\d+)$", r"\1年\2月\3日", plain)}
        assert any(part in text for part in shown) or all(
            word in text for word in re.split(r"[，。；、（）]", plain)
        ), value


def texts(value, silent):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, silent)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in silent:
                yield from texts(item, silent)


@ALL
def test_the_same_facts_give_the_same_bytes_again(kind):
    assert rendering.render(KINDS[kind].template, samples.printed(kind)) == sheet(kind).content


def test_another_process_gives_the_same_bytes():
    script = (
        "import django, hashlib; django.setup()\n"
        "from documents import rendering; from documents.kinds import KINDS; from tests.documents import samples\n"
        "page = rendering.render(KINDS['grant_decision'].template, samples.printed('grant_decision'))\n"
        "print(hashlib.sha256(page).hexdigest())"
    )
    shas = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=environment(seed),
            capture_output=True,
            check=True,
            text=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shas) == 1


def environment(seed: str) -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_it_is_pdf_a_3b():
    metadata = reader("grant_decision").trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r'pdfaid:part="3"', metadata)
    assert re.search(r'pdfaid:conformance="B"', metadata)


def test_nothing_is_fetched(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the renderer asked for a network connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    rendering.render(KINDS["commencement_sheet"].template, samples.printed("commencement_sheet"))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/a.png", "file:///etc/hostname", "ftp://example.org/a.png"])
def test_a_picture_from_elsewhere_stops_the_paper(address):
    facts = samples.printed("commencement_sheet")
    facts["photos"][0]["data_uri"] = address
    with pytest.raises(rendering.RenderingFault):
        rendering.render(KINDS["commencement_sheet"].template, facts)


def test_a_broken_picture_stops_the_paper():
    facts = samples.printed("commencement_sheet")
    facts["photos"][0]["data_uri"] = "data:image/jpeg;base64,AAAA"
    with pytest.raises(rendering.RenderingFault):
        rendering.render(KINDS["commencement_sheet"].template, facts)


def test_a_character_without_a_glyph_stops_the_paper():
    facts = samples.printed("grant_decision")
    facts["decision"] = "准予 \ue123"
    with pytest.raises(rendering.RenderingFault, match="E123"):
        rendering.render(KINDS["grant_decision"].template, facts)


def test_what_people_typed_is_text_not_markup():
    facts = samples.printed("grant_decision")
    facts["decision"] = '<script>x</script><img src="http://127.0.0.1:1/a.png">'
    content = rendering.render(KINDS["grant_decision"].template, facts)
    assert "<script>x</script>" in text_of(pypdf.PdfReader(io.BytesIO(content)).pages[0])


def test_a_project_without_a_code_says_so():
    facts = samples.printed("acceptance_notice")
    facts["project"]["code"] = ""
    content = rendering.render(KINDS["acceptance_notice"].template, facts)
    assert "尚未赋码" in text_of(pypdf.PdfReader(io.BytesIO(content)).pages[0])


def test_a_long_table_repeats_its_head_on_every_page():
    facts = samples.printed("matter_list")
    facts["rows"] *= 6
    pages = pypdf.PdfReader(io.BytesIO(rendering.render(KINDS["matter_list"].template, facts))).pages
    assert len(pages) > 5
    assert all("前置事项" in text_of(page) for page in pages[:-1])


def test_open_questions_are_shown_and_not_decided():
    facts = samples.printed("eia_determination")
    facts["answer"] |= {
        "outcome": "needs_input",
        "headline": "资料不足，暂不能判定",
        "missing": [{"fact": "activities.0.processes", "text": "请填写主要工艺。"}],
    }
    text = text_of(pypdf.PdfReader(io.BytesIO(rendering.render(KINDS["eia_determination"].template, facts))).pages[0])
    assert "尚不清楚" in text
    assert "请填写主要工艺" in text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"decision": None}, "facts.decision"),
        ({"conditions": "一项"}, "facts.conditions"),
        ({"surprise": "x"}, "unknown surprise"),
    ],
)
def test_facts_of_the_wrong_shape_are_refused_by_name(change, complaint):
    with pytest.raises(TypeError, match=re.escape(complaint)):
        shape.check(samples.facts("grant_decision") | change, KINDS["grant_decision"].facts)


def test_a_missing_fact_is_refused_by_name():
    facts = samples.facts("grant_decision")
    del facts["application"]["applicant"]
    with pytest.raises(TypeError, match=r"facts\.application: missing applicant"):
        shape.check(facts, KINDS["grant_decision"].facts)
