"""Hand a stored file to a browser, or a photograph to a document."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from approvals.errors import Blocker, GuardFailed
from documents.models import Attachment
from documents.signatures import IMAGES

PHOTO_SIDE = 1000  # pixels of the longer side, about 200 dpi at the printed width
PHOTO_PIXELS = 60_000_000  # a larger picture is a bomb, not a photograph


class FileHolder(Protocol):
    """A ``Document`` or an ``Attachment``."""

    content: FieldFile

    @property
    def content_type(self) -> str: ...
    @property
    def download_name(self) -> str: ...


def serve(holder: FileHolder, *, inline: bool = False) -> FileResponse:
    """Answer with the file, to be saved; with ``inline`` a picture is shown in the page. Ask first who may see it."""
    if getattr(holder, "scan", "") == Attachment.Scan.INFECTED:
        raise GuardFailed(_("文件不能下载"), blockers=[Blocker("file-infected", _("扫描发现文件带有病毒"))])
    shown = inline and holder.content_type in IMAGES
    response = FileResponse(
        holder.content.open("rb"),
        as_attachment=not shown,
        filename=holder.download_name,
        content_type=holder.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def photo(attachment: Attachment) -> str:
    """Return a picture as a data URI for a document: small, upright, and without the camera's data.

    Raises ``ValueError`` if it is no picture, cannot be read or is unreasonably large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # comes with WeasyPrint; only needed in workers

    if attachment.content_type not in IMAGES:
        raise ValueError(f"attachment {attachment.pk} is {attachment.content_type}, not a picture")
    try:
        with attachment.content.open("rb") as stored, Image.open(stored) as picture:
            if picture.width * picture.height > PHOTO_PIXELS:
                raise ValueError(f"attachment {attachment.pk} has {picture.width}×{picture.height} pixels")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError) as fault:
        raise ValueError(f"attachment {attachment.pk} cannot be read as a picture") from fault
    upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    small = BytesIO()
    upright.save(small, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(small.getvalue()).decode()
