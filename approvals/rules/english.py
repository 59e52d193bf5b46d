"""Words that the data has in two languages: ``ask`` beside ``ask_en``, or ``{zh: …, en: …}``. Chinese is the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_END = "_en"
_BOTH = {"zh", "en"}


def in_chinese(data: Any) -> Any:
    """The data without its English."""
    if isinstance(data, list):
        return [in_chinese(part) for part in data]
    if not isinstance(data, Mapping):
        return data
    if data.keys() == _BOTH:
        return data["zh"]
    return {key: in_chinese(part) for key, part in data.items() if not str(key).endswith(_END)}


def pairs_in(data: Any) -> dict[str, str]:
    """Every text of the data that has English, with it."""
    return dict(_pairs(data))


def _pairs(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for part in data:
            yield from _pairs(part)
    elif isinstance(data, Mapping):
        if data.keys() == _BOTH:
            yield data["zh"], data["en"]
        for key, part in data.items():
            if isinstance(part, str) and f"{key}{_END}" in data:
                yield part, data[f"{key}{_END}"]
            yield from _pairs(part)
