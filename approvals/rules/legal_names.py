"""What a document or a provision is called on a day.

The Ecological Environment Code replaced the Environmental Impact Assessment Law on 2026-08-15: outcomes are stored as
tokens (``report_book``) and named only when they are shown or printed, by the date they were decided for.

Public API: ``document(level, on)``, ``citation(key, on)``, ``as_named_on(text, on)``. Data: ``data/legal_names.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from approvals.rules.editions import DATA

_RAW: dict[str, Any] = yaml.safe_load((DATA / "legal_names.yaml").read_bytes())
CODE_IN_FORCE = date(2026, 8, 15)  # 生态环境法典
NOT_SUBJECT = {"zh": "不纳入环评管理", "en": "not subject to environmental impact assessment"}


def document(level: str, on: date, lang: str = "zh") -> str:
    """The name of the EIA document of a level: 环境影响报告表 until 2026-08-14, 生态环境影响报告表 from 2026-08-15."""
    if level == "not_subject":
        return NOT_SUBJECT[lang]
    return _on_day(_RAW["documents"][level], level, on)[lang]


def citation(key: str, on: date) -> str:
    """The provision called ``key`` as cited on a day. Raises ``LookupError`` where none is known to be in force."""
    return _on_day(_RAW["citations"][key], key, on)["zh"]


def known_citations() -> tuple[str, ...]:
    return tuple(_RAW["citations"])


def _on_day(entries: Sequence[Mapping[str, Any]], key: str, on: date) -> Mapping[str, str]:
    for entry in entries:
        if entry.get("from", date.min) <= on <= entry.get("until", date.max):
            return entry
    raise LookupError(f"no name or citation {key!r} is in force on {on.isoformat()}")


def as_named_on(text: str, on: date) -> str:
    """Text written with the names of the Code, with the names that were right on the day."""
    return text if on >= CODE_IN_FORCE else text.replace("生态环境影响", "环境影响")
