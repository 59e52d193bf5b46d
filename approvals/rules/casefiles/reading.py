"""Reading values out of a case file, and saying precisely what is wrong with one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from approvals.rules import vocabulary

Case = Mapping[str, Any]
# What people write for "we do not know"; in YAML an empty value says the same.
UNKNOWN = frozenset({"unknown", "未知", "不详", "待定"})
MOST_DIGITS = 18  # no quantity of a factory has more; with as many again for a coefficient the arithmetic stays exact
_YES = frozenset({"true", "yes", "是"})
_NO = frozenset({"false", "no", "否"})
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CaseFault(ValueError):
    """Something in a file that cannot be read: which case, which field, and what is wrong with it."""

    def __init__(self, field: str, message: str, *, case: str = "") -> None:
        super().__init__(": ".join(part for part in (case and f"case {case}", field, message) if part))
        self.case, self.field, self.message = case, field, message

    def of(self, case: str) -> CaseFault:
        return CaseFault(self.field, self.message, case=case)


class _StrictLoader(_Loader):
    """A mapping that says the same thing twice is refused: YAML would silently keep the last."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for position, key in enumerate(keys):
        if not isinstance(key, str | int | float | bool | date | None):
            raise CaseFault("", f"line {node.start_mark.line + 1}: a key must be a word")
        if key in keys[:position]:
            raise CaseFault(str(key), f"is given twice (line {node.value[position][0].start_mark.line + 1})")
    loader.flatten_mapping(node)
    built: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return built


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(raw: bytes) -> Any:
    """The content of a YAML file. Raises ``CaseFault`` in one line."""
    try:
        return yaml.load(raw, Loader=_StrictLoader)  # noqa: S506 - a safe loader with one more check
    except CaseFault:
        raise
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        reason = getattr(fault, "problem", None) or getattr(fault, "reason", None) or str(fault)
        raise CaseFault("", f"not YAML{where}: {' '.join(str(reason).split())}") from None


def label_of(case: Any, position: int) -> str:
    """The id of a case, or its place where it has none."""
    known = case.get("id") if isinstance(case, Mapping) else None
    return str(known) if known not in (None, "") else f"#{position + 1}"


def is_unknown(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in (UNKNOWN | {""}))


def mapping(value: Any, field: str) -> Mapping[str, Any]:
    """A mapping; nothing at all is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise CaseFault(field, "must be a mapping")
    return value


def sequence(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise CaseFault(field, "must be a list")
    return value


def decimal(value: Any, field: str, *, negative: bool = False) -> Decimal | None:
    """An exact number from a number or a numeric text, None where unknown. ``negative`` allows one below zero."""
    if is_unknown(value):
        return None
    try:
        found = None if isinstance(value, bool | list | Mapping | date) else Decimal(str(value).strip())
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        raise CaseFault(field, f"{value!r} is not a number")
    if len(found.as_tuple().digits) > MOST_DIGITS or (found and abs(found.adjusted()) > MOST_DIGITS):
        raise CaseFault(field, f"{value!r} is out of range")
    if found < 0 and not negative:
        raise CaseFault(field, f"{value!r} must not be negative")
    return found


def flag(value: Any, field: str) -> bool | None:
    """Yes or no, None where unknown."""
    if is_unknown(value):
        return None
    word = str(value).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise CaseFault(field, f"{value!r} is neither yes nor no")


def day(value: Any, field: str) -> date | None:
    if is_unknown(value):
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return iso_day(str(value).strip())
    except ValueError:
        raise CaseFault(field, f"{value!r} is not a date (YYYY-MM-DD)") from None


def iso_day(text: str) -> date:
    """A day written YYYY-MM-DD and no other way. Raises ``ValueError``."""
    if len(text) != len("YYYY-MM-DD"):
        raise ValueError(text)
    return date.fromisoformat(text)


def compiled_on(meta: Mapping[str, Any]) -> date | None:
    """The day on which the file was compiled, if it says so: its answers are those of that day."""
    stated = meta.get("generated") or meta.get("compiled")
    return None if stated is None else day(stated, "meta")


def words(value: Any, field: str) -> list[str] | None:
    """A list of words; a single word counts as a list of one."""
    if is_unknown(value):
        return None
    listed = [value] if isinstance(value, str) else sequence(value, field)
    if strangers := [word for word in listed if not isinstance(word, str)]:
        raise CaseFault(field, f"{strangers[0]!r} is not a word")
    return [word.strip() for word in listed]


def fact(name: str, value: Any, field: str) -> Any:
    """The value of a fact of the vocabulary, read as its type. Raises ``CaseFault``."""
    kind = vocabulary.FACTS[name].type
    if kind == "decimal":
        return decimal(value, field)
    if kind == "bool":
        return flag(value, field)
    if kind == "list":
        return words(value, field)
    if isinstance(value, list | Mapping):
        raise CaseFault(field, "must be a single word")
    return None if is_unknown(value) else str(value).strip()


def known_names(given: Mapping[str, Any], allowed: Iterable[str], field: str) -> None:
    """Refuse a name that nobody defined, with the one that may have been meant."""
    allowed = list(allowed)
    for name in given:
        if name not in allowed:
            raise CaseFault(_join(field, name), f"unknown name{_meant(name, allowed, 0.6)}")


def no_misspelling(given: Mapping[str, Any], facts: Iterable[str]) -> None:
    """Beside its facts a case carries remarks of any name; one that nearly is a fact was meant to be it."""
    facts = list(facts)
    for name in given:
        if name not in facts and (meant := _meant(name, facts, 0.85)):
            raise CaseFault(str(name), f"unknown name{meant}")


def _join(*parts: Any) -> str:
    return ".".join(str(part) for part in parts if part != "")


def _meant(name: Any, allowed: list[str], cutoff: float) -> str:
    close = difflib.get_close_matches(str(name), allowed, n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""
