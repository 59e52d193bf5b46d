"""A quantity that may be uncertain: both of its ends, exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
UNBOUNDED = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends of a quantity; equal when it is exactly known. ``high`` is Infinity where nothing bounds it."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, value: Decimal) -> Span:
        return cls(value, value)

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Span:
        return Span(-self.high, -self.low)

    def __or__(self, other: Span) -> Span:
        """The smallest span that holds both: what remains when it is open which of them applies."""
        return Span(min(self.low, other.low), max(self.high, other.high))

    def scaled(self, factor: Decimal) -> Span:
        """Multiply both ends by a factor that is not negative; nothing times unbounded stays nothing."""
        return Span(*(ZERO if not factor or not end else end * factor for end in (self.low, self.high)))


NOTHING = Span(ZERO, ZERO)
ANYTHING = Span(ZERO, UNBOUNDED)


def plain(value: Decimal) -> str:
    """A decimal for a sentence: exact, without exponent or trailing zeros."""
    if not value.is_finite():
        return "不确定"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
