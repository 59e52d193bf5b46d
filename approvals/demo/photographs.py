"""A neutral placeholder for a photograph of a building site, drawn without an imaging library."""

from __future__ import annotations

import functools
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

WIDTH, HEIGHT = 480, 320
SKY, GROUND, FRAME = (206, 214, 220), (178, 166, 148), (120, 124, 128)


def site_photograph(name: str = "现场照片（演示占位）.png") -> SimpleUploadedFile:
    """Sky, ground and a grey frame: it shows that a picture is there, and pretends nothing."""
    return SimpleUploadedFile(name, _picture(), content_type="image/png")


@functools.cache
def _picture() -> bytes:
    rows = b"".join(b"\0" + _row(y) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _row(y: int) -> bytes:
    background = SKY if y < HEIGHT * 3 // 5 else GROUND
    return b"".join(bytes(FRAME if _on_frame(x, y) else background) for x in range(WIDTH))


def _on_frame(x: int, y: int) -> bool:
    """Posts and beams of a steel hall."""
    if not 80 <= x < 400 or not 110 <= y < 220:
        return False
    return (x - 80) % 64 < 6 or x >= 394 or y < 118


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
