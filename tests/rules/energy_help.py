"""Short ways to state a project's energy."""

from __future__ import annotations

from datetime import date

from approvals.rules.energy import classify

ON = date(2026, 11, 24)
ORDER_2 = date(2024, 6, 3)
ORDER_44 = date(2022, 6, 1)


def line(carrier, quantity, unit, **more):
    return {"carrier": carrier, "quantity": quantity, "unit": unit, **more}


def facts(*lines, **more):
    """A new project about which everything is known; say what is different."""
    known = {"nature": "new", "two_high": False, "zone_energy_review_valid": False, "zone_negative_list": False}
    return {**known, "energy_lines": list(lines), **more}


def outcome(*lines, on=ON, **more):
    return classify(facts(*lines, **more), on).outcome


def linked(tce):
    """An exact amount of tce without any coefficient."""
    return {"linked_filings_tce": [tce], "linked_filings_coal_t": 0, "linked_filings_kwh": 0}
