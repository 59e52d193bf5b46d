"""What comes out of a case: the record to print, and what differs from the answer that the file expects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from approvals.rules.answer import Answer
from approvals.rules.evaluator import number

from .reading import Case, CaseFault

_OUTCOMES = ("outcome", "review_class", "overall")  # the fields in which files state it


@dataclass(frozen=True, slots=True)
class Difference:
    """One expected field that came out differently."""

    field: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        return f"{self.field}: expected {_shown(self.expected)}, got {_shown(self.got)}"


@dataclass(frozen=True, slots=True)
class Determined:
    """``record`` is plain JSON; ``differences`` is empty where the case agrees or expects nothing."""

    record: Mapping[str, Any]
    differences: tuple[Difference, ...] = ()
    skipped: bool = False
    compared: bool = True


def skipped(case: Case) -> Determined:
    """A case that the file itself takes out."""
    return Determined({"id": str(case["id"]), "outcome": None, "skipped": True}, skipped=True, compared=False)


def record_of(case: Case, answer: Answer, **figures: Any) -> dict[str, Any]:
    """The answer as one JSON object: the outcome first, figures under the names that the file uses."""
    plain = answer.as_json()
    return {
        "id": str(case["id"]),
        "outcome": answer.outcome,
        **figures,
        "headline": answer.headline,
        "reasons": plain["reasons"],
        "missing": plain["missing"],
        "duties": plain["duties"],
        "warnings": plain["warnings"],
        "on": plain["on"],
        "edition": answer.edition,
        "sha256": answer.sha256,
        "source": answer.source,
    }


def compare(wanted: Any, got: Any, field: str, *, tolerance: Decimal = Decimal(0)) -> Iterator[Difference]:
    """Every difference below ``field``: mappings by key, numbers within the tolerance, all else exactly."""
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            inner = got.get(key) if isinstance(got, Mapping) else None
            yield from compare(value, inner, f"{field}.{key}" if field else str(key), tolerance=tolerance)
    elif not same(wanted, got, tolerance):
        yield Difference(field, wanted, got)


def same(wanted: Any, got: Any, tolerance: Decimal) -> bool:
    if isinstance(got, Decimal) and not isinstance(wanted, bool):
        try:
            return abs(got - number(wanted)) <= tolerance
        except (InvalidOperation, TypeError):
            return False
    if isinstance(wanted, list) and isinstance(got, list):
        return sorted(map(str, wanted)) == sorted(map(str, got))
    return bool(wanted == got)


def rounded(value: Decimal | None, places: int) -> float | None:
    """A figure for the printed line. What decides is never rounded."""
    return None if value is None else float(round(value, places))


def expected_of(case: Case, *, scalar: str, allowed: Collection[str] = ()) -> Mapping[str, Any]:
    """What the case expects, as a mapping: a single word is the expectation of ``scalar``, one of ``allowed``."""
    wanted = case.get("expected")
    if wanted is None:
        return {}
    if isinstance(wanted, list):
        raise CaseFault("expected", "must be a word or a mapping")
    fields = wanted if isinstance(wanted, Mapping) else {scalar: wanted}
    for name in (scalar, *_OUTCOMES) if allowed else ():
        if (word := fields.get(name)) is not None and str(word) not in allowed:
            raise CaseFault(f"expected.{name}", f"unknown outcome {word!r}; it is one of {', '.join(sorted(allowed))}")
    return fields


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items()) + "}"
    return str(value)
