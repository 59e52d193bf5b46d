"""What pages call the matters of a list, a plan or an answer, which hold the legal name and the code alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from approvals.language import in_english
from approvals.rules.matters.catalogue import matters_on


def matter_label(code: str, name: str) -> str:
    """The legal ``name``; in English the catalogue's English one."""
    if not in_english():
        return name
    matter = matters_on(timezone.localdate()).matters.get(code)
    return str(matter.entry["name_en"]) if matter else name


def labelled(need: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a list of matters with the name that pages show."""
    return {**need, "name": matter_label(need["code"], need["name"])}
