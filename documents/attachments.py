"""Take in an uploaded file, or say what is wrong with it.

Two phases: what is uploaded is temporary until it is handed in (``commit_attachment``), so that a refusal in between
loses nothing; what is never handed in goes away (``purge_temporary``).
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from documents.models import Attachment
from documents.scanning import scan
from documents.signatures import FileType, is_also_an_archive, pixels_of, sniff

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 120  # characters
MAX_PIXELS = 100_000_000  # a page scanned in A0 at 200 dpi has 62 million; more is a bomb
MAX_WAITING = 40  # uploads of one person that are not handed in yet
TEMPORARY_FOR = timedelta(days=1)
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
    temporary_for: str = "",
) -> Attachment:
    """Keep an uploaded PDF, JPEG, PNG or WebP under a random name.

    Args:
        temporary_for: a purpose makes it temporary until ``commit_attachment`` is called with the same one.

    Raises:
        GuardFailed: empty, too large, of another type, also an archive, infected, or too many are waiting.
    """
    content = _read(file)
    kind = _checked_kind(content)
    if temporary_for:
        _check_room(by)
    verdict = scan(content)
    if verdict.state == Attachment.Scan.INFECTED:
        raise _refused("file-infected", f"文件中发现病毒（{verdict.signature}），没有保存；请查杀后重新上传")
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
        is_temporary=bool(temporary_for),
        purpose=temporary_for,
        scan=verdict.state,
        scan_signature=verdict.signature,
    )
    attachment.content = ContentFile(content, name=f"attachment.{kind.suffixes[0]}")
    attachment.save()
    return attachment


def commit_attachment(attachment_id: int, *, by: User, purpose: str) -> Attachment:
    """Hand in what was uploaded before. Call it in the transaction that uses the file.

    Raises:
        WrongState: it was handed in or thrown away meanwhile, or it is another person's.
    """
    waiting = Attachment.objects.select_for_update().filter(is_temporary=True, uploaded_by=by, purpose=purpose)
    attachment = waiting.filter(pk=attachment_id).first()
    if attachment is None:
        raise WrongState(_("该上传已经提交、放弃或过期，请刷新页面"))
    attachment.is_temporary = False
    attachment.save()
    return attachment


def drop_attachment(attachment_id: int, *, by: User, purpose: str) -> None:
    """Throw away what was uploaded and not handed in. Gone already is as good."""
    with transaction.atomic():
        waiting = Attachment.objects.select_for_update().filter(is_temporary=True, uploaded_by=by, purpose=purpose)
        if attachment := waiting.filter(pk=attachment_id).first():
            _delete(attachment)


def purge_temporary(*, at: datetime) -> int:
    """Throw away uploads that nobody handed in for a day. Returns how many."""
    stale = Attachment.objects.filter(is_temporary=True, uploaded_at__lt=at - TEMPORARY_FOR)
    return sum(_purged(pk, at) for pk in stale.order_by("pk").values_list("pk", flat=True))


def _purged(attachment_id: int, at: datetime) -> bool:
    with transaction.atomic():
        rows = Attachment.objects.select_for_update().filter(is_temporary=True, uploaded_at__lt=at - TEMPORARY_FOR)
        attachment = rows.filter(pk=attachment_id).first()
        if attachment is not None:
            _delete(attachment)
        return attachment is not None


def _delete(attachment: Attachment) -> None:
    """The row now, the file once that is certain; what is lost in between is swept up by ``sweep_files``."""
    storage, name = attachment.content.storage, attachment.content.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name or ""))


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


def _checked_kind(content: bytes) -> FileType:
    kind = sniff(content[:16])
    if kind is None:
        raise _refused("file-type", "只接受 PDF、JPEG、PNG、WebP 文件；文件内容不属于其中任何一种")
    if is_also_an_archive(content):
        raise _refused("file-polyglot", "文件末尾还附有一个压缩包，不能上传；请只上传材料本身")
    if kind.is_image and (pixels := pixels_of(content)) and pixels > MAX_PIXELS:
        raise _refused("file-pixels", f"图片展开后超过 {MAX_PIXELS // 1_000_000} 百万像素，请缩小后上传")
    return kind


def _check_room(by: User) -> None:
    if Attachment.objects.filter(uploaded_by=by, is_temporary=True).count() >= MAX_WAITING:
        raise _refused("too-many-waiting", f"已有 {MAX_WAITING} 个上传尚未提交，请先提交或放弃")


def _refused(code: str, message: str) -> GuardFailed:
    return GuardFailed(_("附件不能上传"), blockers=[Blocker(code=code, message=message)])
