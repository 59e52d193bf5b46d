"""Take in an uploaded file, or say what is wrong with it."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile, File

from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed
from documents.models import Attachment
from documents.signatures import FileType, sniff

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 120  # characters
_SEPARATORS = str.maketrans({"\\": "/", ":": "/"})
_FORBIDDEN = frozenset('<>"|?*')


def store_attachment(
    file: File,
    *,
    folder: str,
    by: User,
    taken_on: date | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Attachment:
    """Keep an uploaded PDF, JPEG, PNG or WebP under a random name.

    Raises:
        GuardFailed: empty, too large, or of another type; ``blockers`` say which.
    """
    content = _read(file)
    kind = sniff(content[:16])
    if kind is None:
        raise _refused("file-type", "只接受 PDF、JPEG、PNG、WebP 文件；文件内容不属于其中任何一种")
    attachment = Attachment(
        folder=folder,
        original_name=clean_name(file.name or "", kind),
        content_type=kind.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        taken_on=taken_on,
        latitude=latitude,
        longitude=longitude,
    )
    attachment.content = ContentFile(content, name=f"attachment.{kind.suffixes[0]}")
    attachment.save()
    return attachment


def clean_name(name: str, kind: FileType) -> str:
    """A name that is safe to show and to save: no path, no invisible characters, and the ending of its real type."""
    name = unicodedata.normalize("NFC", name).translate(_SEPARATORS).rpartition("/")[2]
    # Cc and Cf: control characters, right-to-left overrides, soft hyphens, zero-width joiners.
    visible = "".join(
        c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} and c not in _FORBIDDEN
    )
    name = " ".join(visible.split()).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix.lower() not in kind.suffixes:
        stem, suffix = name.replace(".", "_"), kind.suffixes[0]
    return f"{stem[:MAX_NAME].strip() or '附件'}.{suffix.lower()}"


def _read(file: File) -> bytes:
    if file.size == 0:
        raise _refused("file-empty", "文件为空")
    if (file.size or 0) > MAX_BYTES:
        raise _refused("file-too-large", f"文件超过 {MAX_BYTES // 1024 // 1024} MB")
    file.seek(0)
    return file.read(MAX_BYTES + 1)


def _refused(code: str, message: str) -> GuardFailed:
    return GuardFailed("附件不能上传", blockers=[Blocker(code=code, message=message)])
