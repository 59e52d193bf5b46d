"""Every string has its English, and the compiled catalogue is that of the source."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_compiled_catalogue_is_that_of_the_source():
    folder = ROOT / "config" / "locale" / "en" / "LC_MESSAGES"
    entry = re.compile(r'^(?:msgctxt "(.+)"\n)?msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.*)"$', re.M)
    entries = entry.findall((folder / "django.po").read_text())
    with (folder / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert entries
    assert [
        source for context, source, words in entries if not words or said(catalogue, context, source) != words
    ] == []


def said(catalogue: gettext.GNUTranslations, context: str, source: str) -> str:
    plain = source.replace(r"\"", '"')
    found = catalogue.pgettext(context, plain) if context else catalogue.ngettext(plain, plain, 1)
    return (found if found != plain else catalogue.gettext(plain)).replace('"', r"\"")
