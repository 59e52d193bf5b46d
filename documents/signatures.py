"""What a file is, told by its first bytes. Names and declared types are not believed."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO


@dataclass(frozen=True, slots=True)
class FileType:
    content_type: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


ACCEPTED = (
    FileType("application/pdf", ("pdf",), lambda head: head.startswith(b"%PDF-")),
    FileType("image/jpeg", ("jpg", "jpeg"), lambda head: head.startswith(b"\xff\xd8\xff")),
    FileType("image/png", ("png",), lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    FileType("image/webp", ("webp",), lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
)
_ZIP_END, _ZIP_RECORD = b"PK\x05\x06", 22
_ZIP_TAIL = _ZIP_RECORD + 65535  # the longest comment a ZIP can have
_BOMB = 1 << 62
IMAGES = frozenset(kind.content_type for kind in ACCEPTED if kind.is_image)


def sniff(head: bytes) -> FileType | None:
    """``head``: the first bytes, sixteen are enough."""
    return next((kind for kind in ACCEPTED if kind.matches(head)), None)


def is_also_an_archive(content: bytes) -> bool:
    """A ZIP is read from its end: a PDF or picture with one behind it is two files in one (polyglot).

    The end-of-directory record has to close the file exactly, so that two bytes in a picture are no archive.
    """
    at = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_TAIL))
    if at < 0 or at + _ZIP_RECORD > len(content):
        return False
    comment = struct.unpack("<H", content[at + 20 : at + _ZIP_RECORD])[0]
    return bool(at + _ZIP_RECORD + comment == len(content))


def pixels_of(content: bytes) -> int | None:
    """Width × height as the header states it, without unpacking anything; None where it cannot be read."""
    from PIL import Image, UnidentifiedImageError  # comes with WeasyPrint

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                return int(picture.width * picture.height)
    except Image.DecompressionBombError:
        return _BOMB
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
