"""Issue a document, or revoke one. Nothing else writes the two tables behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from approvals.accounts.models import Organisation, User
from approvals.errors import WrongState
from documents import rendering, verification
from documents.facts import shape
from documents.kinds import KINDS, Kind
from documents.models import Document, NumberSeries

QUEUE_LIMIT = "60s"  # for a number; a page takes about a third of a second


def issue(
    *,
    key: str,
    kind: str,
    facts: Mapping[str, Any],
    issuer: Organisation,
    on: date,
    folder: str,
    by: User | None = None,
    replaces: Document | None = None,
    language: str = "zh-hans",
) -> Document:
    """Number, print and keep a document; a second call with the same ``key`` returns the first.

    The number is taken under a lock and in one transaction with the row, so a failure leaves no gap. Call it where
    a second of work does no harm: in a task, not in a request.

    Args:
        key: what makes it this document and no other, e.g. ``event:12:acceptance_notice``.
        facts: what the kind must be told (``documents.facts``); ``issuer`` and ``issued_on`` are filled in here.
        folder: who may see it is decided by whoever owns the folder, e.g. ``project:12``.
        replaces: the earlier document that this one corrects.

    Raises:
        TypeError: the facts do not have the shape of the kind.
        RenderingFault: the paper would not show what the facts say.
    """
    stated = {**facts, "issuer": issuer.name, "issued_on": on.isoformat()}
    shape.check(stated, KINDS[kind].facts)
    row = Document(
        key=key,
        kind=kind,
        title=KINDS[kind].title,
        issuer=issuer,
        issued_on=on,
        issued_by=by,
        folder=folder,
        replaces=replaces,
        language=language,
        verification_code=verification.new_code(),
        template_version=rendering.template_version(),
    )
    try:
        with transaction.atomic():
            return _issued_before(key) or _issue(row, KINDS[kind], stated)
    except IntegrityError:
        # Two workers had the same key; the other was first.
        if first := _issued_before(key):
            return first
        raise


def revoke(document_id: int, *, on: date, reason: str) -> Document:
    """Take back an issued document: it stays, and verification says that it no longer counts.

    Raises:
        WrongState: it was revoked before.
    """
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document_id)
        if document.revoked_on:
            raise WrongState(f"该文书已于{document.revoked_on.isoformat()}撤销")
        document.revoked_on, document.revoked_reason = on, reason
        document.save(update_fields=["revoked_on", "revoked_reason"])
    return document


def _issued_before(key: str) -> Document | None:
    return Document.objects.filter(key=key).first()


def _issue(row: Document, kind: Kind, stated: dict[str, Any]) -> Document:
    if kind.numbered:
        series = _locked_series(row.issuer, kind.word, row.issued_on.year)
        if first := _issued_before(row.key):  # whoever held the lock before us may have issued it
            return first
        row.number = _take_number(series)
    row.facts = {**stated, "document": _imprint(row)}
    sheet = rendering.typeset(kind.template, row.facts, language=row.language)
    _keep(row, sheet)
    return row


def _locked_series(issuer: Organisation, word: str, year: int) -> NumberSeries:
    with _patience():
        NumberSeries.objects.get_or_create(issuer=issuer, word=word, year=year)
        return NumberSeries.objects.select_for_update().get(issuer=issuer, word=word, year=year)


@contextmanager
def _patience() -> Iterator[None]:
    """Wait longer than a page may: whoever holds the series is printing, and without gaps there is only one queue."""
    if connection.vendor != "postgresql":
        yield
        return
    limits = ("lock_timeout", "statement_timeout")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s), current_setting(%s)", limits)
        usual = cursor.fetchone()
        _limit(cursor, dict.fromkeys(limits, QUEUE_LIMIT))
        yield
        # After a failure there is nothing to restore: the savepoint takes the limits back.
        _limit(cursor, dict(zip(limits, usual, strict=True)))


def _limit(cursor: CursorWrapper, limits: Mapping[str, str]) -> None:
    for name, value in limits.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _take_number(series: NumberSeries) -> str:
    series.last += 1
    series.save(update_fields=["last"])
    prefix = series.issuer.number_prefix or series.issuer.name
    return f"{prefix}{series.word}〔{series.year}〕{series.last}号"


def _imprint(row: Document) -> dict[str, str]:
    """What the paper says of itself. Kept with the facts, so that they give the same bytes again."""
    return {
        "kind": row.kind,
        "title": row.title,
        "number": row.number,
        "verification_code": row.verification_code,
        "verification_url": verification.url(row.verification_code),
        "template_version": row.template_version,
        "replaces": str(row.replaces or ""),
    }


def _keep(row: Document, sheet: rendering.Sheet) -> None:
    row.sha256 = hashlib.sha256(sheet.content).hexdigest()
    row.size, row.pages = len(sheet.content), sheet.pages
    row.content = ContentFile(sheet.content, name="document.pdf")
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        row.content.delete(save=False)
        raise
