"""The fonts in a paper: as small as its text needs them, and with every character of it."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import pypdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from documents import rendering
from documents.fonts import compacted
from documents.kinds import KINDS
from tests.documents import samples

KINDS_TRIED = pytest.mark.parametrize("kind", ["grant_decision", "commencement_sheet", "matter_list"])


@cache
def content(kind: str) -> bytes:
    return rendering.render(KINDS[kind].template, samples.printed(kind))


def fonts(kind: str) -> list[Any]:
    """The Type 0 fonts of all pages."""
    pages = pypdf.PdfReader(io.BytesIO(content(kind))).pages
    found = {ref.idnum: ref for page in pages for ref in page["/Resources"]["/Font"].values()}
    return [ref.get_object() for ref in found.values()]


def file_of(font: Any) -> Any:
    return font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()["/FontFile3"].get_object()


@KINDS_TRIED
def test_a_paper_is_small(kind):
    assert len(content(kind)) < 130_000


@KINDS_TRIED
def test_every_character_of_the_text_has_its_glyph(kind):
    assert fonts(kind)
    for font in fonts(kind):
        file = file_of(font)
        assert file["/Subtype"] == "/CIDFontType0C"
        outlines = CFFFontSet()
        outlines.decompile(io.BytesIO(file.get_data()), None)
        held = {int(name.removeprefix("cid")) for name in outlines[0].charset if name != ".notdef"} | {0}
        shown = re.findall(rb"<([0-9a-f]{4})> <[0-9a-f]+>", font["/ToUnicode"].get_object().get_data(), re.IGNORECASE)
        assert shown
        assert {int(cid, 16) for cid in shown} <= held
        assert len(held) < 1_000


def test_a_font_without_cids_is_left_alone():
    """There the number on the page is that of the glyph."""
    made = FontBuilder(1000, isTTF=False)
    made.setupGlyphOrder([".notdef", "A"])
    made.setupCharacterMap({65: "A"})
    pen = T2CharStringPen(500, None)
    made.setupCFF("Latin", {}, {".notdef": pen.getCharString(), "A": pen.getCharString()}, {})
    made.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    made.setupHorizontalHeader()
    made.setupPost()
    file = io.BytesIO()
    made.save(file)
    assert compacted(file.getvalue()) == b""
