"""``manage.py workdays`` and ``recompute_limits``: the answer, the reasons, and what wrong input gets."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from approvals.models import Application, CalendarEdition, Event, LocalClosure
from approvals.services.catalogue import load_calendar


@pytest.fixture
def calendar(db):
    load_calendar()


def run(*args: str) -> str:
    out = StringIO()
    call_command("workdays", *args, stdout=out)
    return out.getvalue().strip()


def refused(*args: str) -> CommandError:
    with pytest.raises(CommandError) as refusal:
        run(*args)
    return refusal.value


def test_adding_counts_over_the_long_holiday(calendar):
    assert run("add", "2026-09-28", "20") == "2026-10-30"


def test_between_is_the_way_back(calendar):
    assert run("between", "2026-09-28", "2026-10-30") == "20"
    assert run("between", "2026-10-30", "2026-09-28") == "-20"


def test_every_day_is_explained(calendar):
    lines = run("add", "2026-09-28", "4", "--explain").splitlines()
    assert lines[0] == "2026-10-09"
    assert lines[1] == "2026-09-28 周一    — 首日不计"
    assert lines[4] == "2026-10-01 周四    — 节假日 国庆节"
    assert lines[-1].startswith("2026-10-09 周五    4 工作日")


def test_rest_days_at_the_end_are_explained_too(calendar):
    assert run("between", "2026-09-30", "2026-10-03", "--explain").splitlines()[-1].startswith("2026-10-03")


def test_a_make_up_day_names_the_holiday_that_it_makes_up_for(calendar):
    lines = run("between", "2026-09-18", "2026-09-21", "--explain").splitlines()
    assert lines[3] == "2026-09-20 周日    1 调休上班 国庆节调休"


def test_json_is_for_programs(calendar):
    answer = json.loads(run("add", "2026-12-25", "10", "--json", "--explain"))
    assert (answer["due_on"], answer["provisional"]) == ("2027-01-08", True)
    assert sum(row["number"] is not None for row in answer["days"]) == 10
    assert "days" not in json.loads(run("add", "2026-12-25", "10", "--json"))


def test_an_unpublished_year_is_said_aloud(calendar):
    assert run("add", "2026-12-25", "10") == "2027-01-08（暂定：有年份的日历尚未公布）"


def test_an_office_counts_its_own_closures(world):
    LocalClosure.objects.create(
        organisation=world.county, day=date(2026, 9, 29), reason="暴雨停止办公", source="县府办"
    )
    assert run("add", "2026-09-28", "1", "--organisation", str(world.bureau.pk)) == "2026-09-30"
    assert run("add", "2026-09-28", "1", "--organisation", str(world.province.pk)) == "2026-09-29"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("add", "2026-02-30", "3"), "not a date"),
        (("add", "28.9.2026", "3"), "YYYY-MM-DD"),
        (("add", "2026-09-28", "many"), "whole number"),
        (("add", "2026-09-28", "-1"), "between 0"),
        (("add", "2026-09-28", "99999"), "between 0"),
        (("add", "0001-01-01", "1"), "the year"),
        (("between", "2026-09-28", "20"), "not a date"),
        (("between", "2000-01-01", "2099-01-01"), "within"),
        (("add", "2026-09-28", "1", "--organisation", "0"), "no organisation"),
    ],
)
def test_wrong_input_is_said_clearly_and_exits_with_two(calendar, args, says):
    refusal = refused(*args)
    assert says in str(refusal)
    assert refusal.returncode == 2


def recompute(*args: str) -> str:
    out = StringIO()
    call_command("recompute_limits", *args, stdout=out)
    return out.getvalue()


def test_a_copy_that_was_tampered_with_is_found_and_mended(accept):
    found = accept()
    assert "every stored due date" in recompute("--check")
    Application.objects.filter(pk=found.pk).update(due_on=date(2030, 1, 1))
    with pytest.raises(CommandError) as refusal:
        recompute("--check")
    assert refusal.value.returncode == 1
    assert recompute() == "1 application(s) moved\n"
    assert "every stored due date" in recompute("--check")
    assert Event.objects.get(kind="application.limits_recomputed").facts["due_was"] == "2030-01-01"


def test_a_year_that_an_upgrade_brings_moves_the_limits_that_reach_into_it(accept):
    CalendarEdition.objects.filter(year=2026).delete()
    found = accept()
    assert (found.due_on, found.due_is_provisional) == (date(2026, 9, 29), True)
    Application.objects.filter(pk=found.pk).update(due_on=date(2026, 9, 30))  # as weekends alone would have had it
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    assert "applications whose limits moved: 1" in out.getvalue()
    found.refresh_from_db()
    assert (found.due_on, found.due_is_provisional) == (date(2026, 9, 29), False)
