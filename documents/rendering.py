"""Facts in, PDF out. The only module that knows WeasyPrint, and it never reaches the network.

Public API: ``render`` gives the bytes, ``typeset`` the bytes and the number of pages. The same facts give the same
bytes: dates and identifiers in the file come from the facts, never from the clock.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from documents.fonts import shrink

TEMPLATES = Path(__file__).parent / "templates" / "documents"

# Pango's font map is shared by the whole process and is not safe to use from two threads.
_press_lock = threading.Lock()


class RenderingFault(Exception):
    """The paper would be wrong: a character without a glyph, a picture that cannot be read, an outside address."""


class Sheet(NamedTuple):
    content: bytes
    pages: int


def render(template: str, facts: Mapping[str, Any], *, language: str = "zh-hans") -> bytes:
    """Return the PDF/A-3b of ``template`` filled with ``facts``, which are also embedded as ``facts.json``.

    ``facts["document"]`` is the imprint that ``services.issue`` writes (number, verification code and so on).

    Raises:
        RenderingFault: the page would not show what the facts say.
    """
    return typeset(template, facts, language=language).content


def typeset(template: str, facts: Mapping[str, Any], *, language: str = "zh-hans") -> Sheet:
    """As ``render``, with the number of pages."""
    with translation.override(language):
        html = render_to_string(template, {**facts, "language": language})
    with _press_lock, _no_faults():
        return _print(html, facts)


@functools.cache
def template_version() -> str:
    """A digest of every template and style sheet of this package, so that nobody has to remember to count up."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file() and path.parent.name != "pages":
            digest.update(path.relative_to(TEMPLATES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _print(html: str, facts: Mapping[str, Any]) -> Sheet:
    from weasyprint import HTML  # heavy, and only ever needed where paper is made
    from weasyprint.urls import FatalURLFetchingError

    press = _press()
    try:
        laid_out = _lay_out(HTML(string=html, url_fetcher=press.fetcher), press)
        with warnings.catch_warnings():
            # WeasyPrint leaves closing its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            content = laid_out.write_pdf(
                pdf_variant="pdf/a-3b", pdf_tags=True, attachments=[_embedded(facts)], finisher=shrink
            )
    except FatalURLFetchingError as fault:
        raise RenderingFault(str(fault)) from fault
    return Sheet(content, len(laid_out.pages))


def _lay_out(html: Any, press: _Press) -> Any:
    """Set the page with room to breathe, or a little tighter where that saves a page."""
    roomy = html.render(font_config=press.fonts, counter_style=press.counters, stylesheets=[press.paper])
    if len(roomy.pages) == 1:
        return roomy
    snug = html.render(font_config=press.fonts, counter_style=press.counters, stylesheets=[press.paper, press.snug])
    return snug if len(snug.pages) < len(roomy.pages) else roomy


class _Press(NamedTuple):
    """What every page needs and costs more than a page to make: once per process."""

    fonts: Any
    counters: Any
    fetcher: Any
    paper: Any
    snug: Any


@functools.cache
def _press() -> _Press:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts, counters = FontConfiguration(), CounterStyle()
    # Style and pictures come inline; nothing, not even a local file, is fetched by address.
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    paper, snug = (
        CSS(
            string=(TEMPLATES / name).read_text(encoding="utf-8"),
            font_config=fonts,
            counter_style=counters,
            url_fetcher=fetcher,
        )
        for name in ("paper.css", "snug.css")
    )
    return _Press(fonts, counters, fetcher, paper, snug)


def _embedded(facts: Mapping[str, Any]) -> Any:
    from weasyprint import Attachment

    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1)
    moment = datetime.fromisoformat(facts["issued_on"])
    return Attachment(
        file_obj=BytesIO(text.encode()),
        name="facts.json",
        description="制作本文书所依据的事实",
        relationship="Source",
        created=moment,
        modified=moment,
    )


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno >= logging.ERROR or message.startswith(".notdef"):
            self.faults.append(message)


@contextmanager
def _no_faults() -> Iterator[None]:
    """WeasyPrint only logs what it could not draw; on a legal paper that is a failure."""
    listener, logger = _Listener(), logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.faults:
        raise RenderingFault("; ".join(sorted(set(listener.faults))))
