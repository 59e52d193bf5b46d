"""Credit records: what each kind bars, and the last day of a ban."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.credit import barred_until, kind_on, kinds_on

ON = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("kind", "from_on", "until_on"),
    [
        ("false_materials", date(2026, 9, 1), date(2027, 9, 1)),
        ("obtained_by_fraud", date(2026, 9, 1), date(2029, 9, 1)),
        ("false_materials", date(2028, 2, 29), date(2029, 2, 28)),  # 《民法典》第二百零二条: the month's last day
        ("obtained_by_fraud", date(2029, 2, 28), date(2032, 2, 28)),
    ],
)
def test_a_ban_ends_on_the_corresponding_day(kind, from_on, until_on):
    assert barred_until(kind, from_on, concerns_safety=True) == until_on


@pytest.mark.parametrize("kind", ["false_materials", "obtained_by_fraud"])
def test_without_public_safety_the_law_sets_no_ban(kind):
    assert barred_until(kind, ON, concerns_safety=False) is None


@pytest.mark.parametrize("kind", ["false_commitment", "serious_bad_credit"])
def test_a_broken_promise_bars_until_it_is_repaired(kind):
    assert barred_until(kind, ON, concerns_safety=True) is None
    assert kind_on(kind, ON).bars == "commitment"


def test_every_kind_names_its_basis_and_consequence():
    assert all(kind.basis and kind.consequence for kind in kinds_on(ON))


def test_an_unknown_kind_is_an_error():
    with pytest.raises(LookupError):
        kind_on("late", ON)
