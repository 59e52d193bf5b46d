"""What a file is, told by its first bytes. Names and declared types are not believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


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
IMAGES = frozenset(kind.content_type for kind in ACCEPTED if kind.is_image)


def sniff(head: bytes) -> FileType | None:
    """``head``: the first bytes, sixteen are enough."""
    return next((kind for kind in ACCEPTED if kind.matches(head)), None)
