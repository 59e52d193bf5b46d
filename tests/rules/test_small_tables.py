"""Remedies and remaining duties as their tables have them; and editions that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules import remedies
from approvals.rules.editions import edition_from, edition_on, supposing
from approvals.rules.obligations import Duty, duties_after_determination, duties_after_matter
from approvals.rules.remedies import Way, remedies_on

ON = date(2026, 11, 24)
FILE = "name: toy\nedition: 1\nsource: 试行\nin_force_from: {first}\nin_force_until: {last}\n"


def test_every_remedy_is_read_whole_and_its_provision_waits_until_it_was_compared():
    rows = edition_on("remedies", ON).data["remedies"]
    assert rows
    assert remedies_on(ON) == tuple(
        Way(row["way"], row["to"], row["within"], row["law"] + row["articles"] if row["verified"] else "")
        for row in rows
    )
    assert {way.to for way in remedies_on(ON)} == {remedies.GOVERNMENT, remedies.COURT}


def test_a_compared_provision_is_named():
    raw = """
name: remedies
edition: '2030'
source: 试行
in_force_from: 2030-01-01
in_force_until: null
remedies: [{way: 行政复议, to: government, within: 六十日内, law: 《行政复议法》, articles: 第二十条, verified: true}]
"""
    with supposing(edition_from(raw.encode(), "file")):
        assert remedies_on(date(2030, 1, 1)) == (Way("行政复议", "government", "六十日内", "《行政复议法》第二十条"),)


def test_duties_follow_their_matter_or_determination_alone():
    rows = edition_on("obligations", ON).data["obligations"]
    for row in rows:
        duty = Duty(row["code"], row["text"], row["milestone"] or "", row["basis"])
        after = row["after"]
        for code in after.get("matters", ()):
            assert duty in duties_after_matter(code, ON)
        for outcome in after.get("outcomes", ()):
            assert duty in duties_after_determination(after["determination"], outcome, ON)
            other = {"eia": "energy", "energy": "eia"}[after["determination"]]
            assert duty not in duties_after_determination(other, outcome, ON)
    assert duties_after_matter("no such matter", ON) == []
    assert duties_after_determination("eia", "no such outcome", ON) == []


def test_before_the_first_edition_nothing_is_owed():
    assert duties_after_matter("C01", date(1990, 1, 1)) == []
    assert duties_after_determination("energy", "exempt", date(1990, 1, 1)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("试行", "[1]"), "^toy.yaml: name and source must be texts$"),
        (("name: toy", "name: 5"), "^toy.yaml: name and source must be texts$"),
        (("{first}", "soon"), "^toy.yaml: in_force_from and in_force_until must be dates"),
        (("{last}", "never"), "^toy.yaml: in_force_from and in_force_until must be dates"),
        (("{last}", "2019-12-31"), "^toy.yaml: in_force_until is before in_force_from$"),
    ],
)
def test_an_edition_that_says_something_else_is_refused_by_its_file(change, says):
    raw = FILE.replace(*change).format(first="2020-01-01", last="null")
    with pytest.raises(ValueError, match=says):
        edition_from(raw.encode(), "toy.yaml")


def test_an_edition_may_be_in_force_for_a_single_day():
    found = edition_from(FILE.format(first="2020-01-01", last="2020-01-01").encode(), "toy.yaml")
    assert (found.name, found.edition, found.covers(date(2020, 1, 1))) == ("toy", "1", True)


def test_a_supposed_edition_stands_in_for_its_own_name_alone():
    found = edition_from(FILE.format(first="2020-01-01", last="null").encode(), "toy.yaml")
    with supposing(found):
        assert edition_on("toy", ON) == found
        assert edition_on("remedies", ON).name == "remedies"
