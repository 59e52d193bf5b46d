"""Verification codes: 80 random bits in Crockford's base 32, in groups that can be read out on the telephone."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.urls import reverse

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise(typed: str) -> str:
    """The code as stored, whatever way it was typed; "" if it cannot be one."""
    # NFKC is not needed for the alphabet, but full-width letters are what a Chinese keyboard gives.
    plain = "".join(_half_width(char) for char in typed).upper().translate(_MISREAD)
    code = "".join(char for char in plain if char not in " -—–\t\r\n")
    return _grouped(code) if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def url(code: str) -> str:
    """The address in the QR code."""
    return f"{settings.SITE_URL}{reverse('documents:verify', args=[code])}"


def _half_width(char: str) -> str:
    return chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))
