"""Embedded fonts without the glyphs that a paper does not use.

WeasyPrint keeps the numbers of all 65,000 glyphs of a Chinese face, although a page shows two hundred of them: 150 kB
a face. In a CID-keyed font the page names its glyphs by CID, and the font's own character set says which glyph a CID
is; so glyphs can go and the page stays as it was written.
"""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table

_EMPTY = 1  # bytes of a charstring that only ends


def shrink(_document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint: make every embedded OpenType font as small as its page needs it."""
    fonts = [part for part in pdf.objects if getattr(part, "extra", {}).get("Subtype") == "/OpenType"]
    for font in fonts:
        if smaller := compacted(b"".join(font.stream)):
            font.stream, font.extra["Subtype"] = [smaller], "/CIDFontType0C"


def compacted(font: bytes) -> bytes:
    """The bare CFF table with the glyphs alone that were drawn or have a character; empty for a font without CIDs.

    Bare, because in an OpenType file readers take the number on the page for that of the glyph.
    """
    face = TTFont(BytesIO(font), recalcTimestamp=False)
    if "CFF " not in face or not hasattr(face["CFF "].cff.topDictIndex[0], "ROS"):
        return b""
    subsetter = subset.Subsetter(_options())
    subsetter.populate(glyphs=_used(face))
    subsetter.subset(face)
    smaller: bytes = face["CFF "].compile(face)
    return smaller


def _options() -> subset.Options:
    options = subset.Options()
    options.layout_features = []
    options.notdef_outline = options.glyph_names = True
    options.recalc_timestamp = False  # the same facts give the same bytes
    # The page states its widths, and only the outlines are embedded.
    options.drop_tables += ["VORG", "vhea", "vmtx", "hhea", "hmtx", "OS/2", "name", "post"]
    return options


def _used(face: TTFont) -> set[str]:
    top = face["CFF "].cff.topDictIndex[0]
    offsets = top.CharStrings.charStringsIndex.offsets
    drawn = {name for name, begin, end in zip(top.charset, offsets, offsets[1:], strict=False) if end - begin > _EMPTY}
    return drawn | set((face.getBestCmap() or {}).values()) | {".notdef"}
