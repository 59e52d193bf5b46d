"""Where the outcome turns on a number of energy: a coefficient within its published range, or a quantity nobody stated.

More energy never lowers a class, so that each outcome is one stretch of the scale. Public: ``scale_of``, ``Scale``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from approvals.rules.energy.coefficients import carrier_key, choose, table_on
from approvals.rules.evaluator import Facts
from approvals.rules.spans import plain

ENERGY = re.compile(r"energy_lines\.\d+\.(coefficient|quantity)")
FOURTH_PLACE = Decimal("0.0001")  # in which coefficients are published
HUNDREDTH = Decimal("0.01")  # of the unit in which a quantity is stated
MORE_THAN_ANY = Decimal(10**9)
UNITS = {"kg": "千克", "m3": "立方米"}
Outcome = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that a number can have, in steps of how exactly it is stated."""

    low: Decimal
    high: Decimal
    step: Decimal
    unit: str

    @property
    def is_open(self) -> bool:
        """Whether nothing bounds it from above."""
        return self.high >= MORE_THAN_ANY

    def words(self, first: Decimal, last: Decimal) -> str:
        """From the first to the last value, both included."""
        if last >= MORE_THAN_ANY:
            return f"{plain(first)}{self.unit}以上"
        return f"{plain(first)}～{plain(last)}{self.unit}"

    def stretches(self, outcome: Outcome) -> Iterator[tuple[Decimal, Decimal]]:
        """First and last value of each outcome, from the lowest."""
        first, final = self.low, outcome(self.high)
        while outcome(first) != final:
            last = self._last_alike(outcome, first)
            yield first, last
            first = last + self.step
        yield first, self.high

    def _last_alike(self, outcome: Outcome, low: Decimal) -> Decimal:
        """The largest value with the outcome of ``low``, found by halving. The end of the scale has another one."""
        alike, high = outcome(low), self.high
        while high - low > self.step:
            middle = self.between(low, high)
            low, high = (middle, high) if outcome(middle) == alike else (low, middle)
        return low

    def between(self, low: Decimal, high: Decimal) -> Decimal:
        return ((low + high) / 2).quantize(self.step)


def scale_of(facts: Facts, on: date, path: str) -> Scale | None:
    """The scale of the number at ``path``; None where the carrier is not known or nothing bounds the coefficient."""
    line, table = facts["energy_lines"][int(path.split(".")[1])], table_on(on)
    spec = table.data["carriers"].get(carrier_key(str(line.get("carrier") or ""), table))
    if spec is None:
        return None
    if path.endswith("quantity"):
        unit = str(line.get("unit") or "")
        return Scale(Decimal(0), MORE_THAN_ANY, HUNDREDTH, unit) if unit else None
    published = choose(line, spec).kgce
    if not published.high.is_finite():
        return None
    return Scale(published.low, published.high, FOURTH_PLACE, f"千克标准煤/{UNITS.get(spec['unit'], spec['unit'])}")
