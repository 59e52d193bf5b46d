"""Until when a result has to be used; on which grounds a permit is annulled; how a decision is looked at again."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.annulment import annulment_grounds
from approvals.rules.editions import edition_on
from approvals.rules.obligations import duties_after_matter
from approvals.rules.remedies import remedies_on
from approvals.rules.validity import last_day, span_for

ON = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("code", "start", "extended", "expected"),
    [
        ("R07", date(2026, 9, 10), 0, date(2026, 12, 10)),
        ("R07", date(2026, 11, 30), 0, date(2027, 2, 28)),  # February has no thirtieth
        ("R07", date(2027, 11, 30), 0, date(2028, 2, 29)),
        ("R07", date(2026, 9, 10), 1, date(2027, 3, 10)),
        ("R07", date(2026, 9, 10), 2, date(2027, 6, 10)),
        ("R02", date(2026, 9, 10), 0, date(2028, 9, 10)),
        ("R02", date(2026, 9, 10), 1, date(2029, 9, 10)),
        ("R11", date(2028, 2, 29), 0, date(2030, 2, 28)),
        ("R09", date(2026, 9, 10), 0, date(2031, 9, 10)),
        ("C02", date(2026, 9, 10), 0, date(2029, 9, 10)),
    ],
)
def test_the_anniversary_is_the_last_day(code, start, extended, expected):
    assert last_day(span_for(code, start), start, extended=extended) == expected


@pytest.mark.parametrize(("code", "times"), [("R07", 3), ("R02", 2), ("R11", 1), ("R09", 1)])
def test_nothing_is_extended_more_often_than_the_law_allows(code, times):
    with pytest.raises(ValueError, match="more often"):
        last_day(span_for(code, ON), ON, extended=times)


def test_what_no_law_ends_has_no_end():
    assert span_for("R06", ON) is None


def test_no_span_before_the_first_edition():
    assert span_for("R07", date(2025, 8, 31)) is None


def test_every_ground_of_annulment_names_its_clause_and_effect():
    grounds = annulment_grounds(ON)
    assert [code for code, ground in grounds.items() if ground.must] == ["fraud"]
    assert all(ground.basis.startswith("《行政许可法》第六十九条") and ground.effect for ground in grounds.values())
    assert "不受保护" in grounds["fraud"].effect


def test_an_unverified_article_is_kept_in_the_data_and_not_printed():
    rows = edition_on("remedies", ON).data["remedies"]
    assert all(row["articles"] for row in rows)
    assert [way.basis for way in remedies_on(ON)] == [
        f"{row['law']}{row['articles']}" if row["verified"] else "" for row in rows
    ]


def test_every_duty_has_its_basis():
    duties = [duty for code in ("R11", "C01", "R09", "C05", "C02") for duty in duties_after_matter(code, ON)]
    assert duties
    assert all(duty.basis and duty.text for duty in duties)
