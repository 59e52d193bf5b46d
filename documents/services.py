"""Issue a document, or revoke one. Nothing else writes the two tables behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation, User
from approvals.errors import WrongState
from documents import rendering, verification
from documents.facts import shape
from documents.kinds import KINDS, Kind
from documents.models import Document, NumberSeries


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

    Three steps, each whole: the row with its number is written in one short transaction, so there is no gap; then
    it is printed, while nobody waits for a lock; then the file is kept. Cut off in between, a second call goes on
    where the first stopped, with the same number and facts. Call it in a task, not in a request.

    Args:
        key: what makes it this document and no other, e.g. ``event:12:acceptance_notice``.
        facts: what the kind must be told (``documents.facts``); ``issuer`` and ``issued_on`` are filled in here.
        folder: who may see it is decided by whoever owns the folder, e.g. ``project:12``.
        replaces: the earlier document that this one corrects.

    Raises:
        TypeError: the facts do not have the shape of the kind.
        RenderingFault: the paper would not show what the facts say. The number stays with the row until it does.
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
    document = _registered(row, KINDS[kind], stated)
    return document if document.is_printed else _printed(document)


def revoke(document_id: int, *, on: date, reason: str) -> Document:
    """Take back an issued document: it stays, and verification says that it no longer counts.

    Raises:
        WrongState: it was revoked before.
    """
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document_id)
        if document.revoked_on:
            raise WrongState(_("该文书已于%(revoked_on)s撤销") % {"revoked_on": document.revoked_on.isoformat()})
        document.revoked_on, document.revoked_reason = on, reason
        document.save(update_fields=["revoked_on", "revoked_reason"])
    return document


def _registered(row: Document, kind: Kind, stated: dict[str, Any]) -> Document:
    """The row with this key: the one that is there, or this one with the next number."""
    try:
        with transaction.atomic():
            return _with_key(row.key) or _register(row, kind, stated)
    except IntegrityError:
        # Two workers had the same key; the other was first.
        if first := _with_key(row.key):
            return first
        raise


def _with_key(key: str) -> Document | None:
    return Document.objects.filter(key=key).first()


def _register(row: Document, kind: Kind, stated: dict[str, Any]) -> Document:
    if kind.numbered:
        series = _locked_series(row.issuer, kind.word, row.issued_on.year)
        if first := _with_key(row.key):  # whoever held the lock before us may have registered it
            return first
        row.number = _take_number(series)
    row.facts = {**stated, "document": _imprint(row)}
    row.save()
    return row


def _printed(document: Document) -> Document:
    sheet = rendering.typeset(KINDS[document.kind].template, document.facts, language=document.language)
    document.content.save("document.pdf", ContentFile(sheet.content), save=False)
    printed = {
        "content": document.content.name,
        "sha256": hashlib.sha256(sheet.content).hexdigest(),
        "size": len(sheet.content),
        "pages": sheet.pages,
        "template_version": rendering.template_version(),
    }
    try:
        first = _keep(document, printed)
    except BaseException:
        document.content.delete(save=False)
        raise
    if not first:  # another worker has printed it meanwhile
        document.content.delete(save=False)
    return Document.objects.get(pk=document.pk)


def _keep(document: Document, printed: dict[str, Any]) -> bool:
    """Write the print into its row, once. Its manager allows no change but a revocation, and this."""
    return bool(QuerySet.update(Document.objects.filter(pk=document.pk, sha256=""), **printed))


def _locked_series(issuer: Organisation, word: str, year: int) -> NumberSeries:
    NumberSeries.objects.get_or_create(issuer=issuer, word=word, year=year)
    return NumberSeries.objects.select_for_update().get(issuer=issuer, word=word, year=year)


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
