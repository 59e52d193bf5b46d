from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from approvals.rules import editions as module
from approvals.rules.editions import edition_on, editions, read_edition

HEAD = "name: toy\nedition: {edition}\nsource: test\nin_force_from: {start}\nin_force_until: {end}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "DATA", tmp_path)
    editions.cache_clear()
    yield tmp_path
    editions.cache_clear()


def write(folder, edition, start, end="null"):
    (folder / f"toy-{edition}.yaml").write_text(HEAD.format(edition=edition, start=start, end=end), encoding="utf-8")


def test_the_edition_of_a_day_includes_its_first_and_last_day(folder):
    write(folder, "1", "2024-01-01", "2025-08-31")
    write(folder, "2", "2025-09-01")
    assert edition_on("toy", date(2024, 1, 1)).edition == "1"
    assert edition_on("toy", date(2025, 8, 31)).edition == "1"
    assert edition_on("toy", date(2025, 9, 1)).edition == "2"


def test_a_day_without_an_edition_is_an_error_and_never_a_guess(folder):
    write(folder, "1", "2024-01-01", "2024-12-31")
    for day in (date(2023, 12, 31), date(2025, 1, 1)):
        with pytest.raises(LookupError, match=day.isoformat()):
            edition_on("toy", day)


def test_two_editions_may_not_be_in_force_at_once(folder):
    write(folder, "1", "2024-01-01")
    write(folder, "2", "2025-01-01")
    with pytest.raises(ValueError, match="overlap"):
        editions("toy")


def test_an_edition_may_not_end_before_it_begins(folder):
    write(folder, "1", "2024-01-02", "2024-01-01")
    with pytest.raises(ValueError, match="toy-1"):
        editions("toy")


def test_a_missing_key_is_named_with_the_file(tmp_path):
    path = tmp_path / "toy-1.yaml"
    path.write_text(dedent("name: toy\nedition: 1\n"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"toy-1.*source"):
        read_edition(path)


def test_the_hash_is_that_of_the_file(folder):
    write(folder, "1", "2024-01-01")
    first = editions("toy")[0].sha256
    editions.cache_clear()
    (folder / "toy-1.yaml").write_text(HEAD.format(edition=1, start="2024-01-01", end="null") + "# changed\n", "utf-8")
    assert editions("toy")[0].sha256 != first


@pytest.mark.parametrize("name", ["eia", "eligibility", "matters", "agreement"])
def test_the_shipped_editions_are_in_force_today_and_well_formed(name):
    assert edition_on(name, date(2026, 11, 24)).source
