"""Why this date: the page shows each day of each limit, and the office's own limit to the office alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from approvals.models import LocalParameter, SupplementNotice
from approvals.selectors.calendar import working_calendar
from approvals.selectors.clock_page import clocks, turns
from approvals.services.clocks import close_pause, open_pause
from tests.approvals.conftest import ACCEPTED
from tests.receiving import LATE, RECEIVED, answer, ask, handed_in
from tests.world import SINCE

ON = date(2026, 9, 15)


@pytest.fixture
def paused(accept, world):
    found = accept(submitted_on=date(2026, 8, 31))
    row = open_pause(
        found.pk, by=world.approver, on=date(2026, 9, 3), ground="expert_review", reason="评审方案", told_days=5
    )
    close_pause(row.pk, by=world.approver, on=date(2026, 9, 9), outcome="评审意见")
    LocalParameter.objects.create(
        code="internal_working_days", organisation=world.county, value="8", source="县局", from_on=SINCE
    )
    return found


def page(client, user, application, on=ON):
    with time_machine.travel(on, tick=False):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("approvals:clock", args=[application.pk]))


def test_each_limit_opens_into_its_days(client, world, paused):
    html = page(client, world.approver, paused).content.decode()
    assert "按工作日" not in html
    for words in ("审查材料、一次性告知", "法定期限", "内部期限", "专家评审", "届满", "调休"):
        assert words in html
    assert "中止不计 4 日" in html


def test_the_offices_own_limit_is_not_the_enterprises_business(client, world, paused):
    assert "内部期限" not in page(client, world.owner, paused).content.decode()
    with time_machine.travel(ON, tick=False):
        shown = client.get(reverse("approvals:application", args=[paused.pk])).content.decode()
    assert "内部期限" not in shown
    assert f"{reverse('approvals:clock', args=[paused.pk])}#limit-statutory" in shown


def test_the_months_are_whole_weeks_and_end_on_the_due_day(world, paused):
    review, statutory, internal = clocks(paused, working_calendar(), on=ON, internal=True)
    assert [clock.named.code for clock in (review, statutory, internal)] == ["review", "statutory", "internal"]
    cells = [cell for month in statutory.months for week in month.weeks for cell in week if cell]
    assert all(len(week) == 7 for month in statutory.months for week in month.weeks)
    assert [cell.row.day for cell in cells if cell.is_due] == [statutory.found.due_on] == [cells[-1].row.day]
    assert [cell.row.day for cell in cells if cell.is_today] == [ON]
    assert sum(cell.row.counts for cell in cells) == 20
    assert (date(2026, 9, 4), date(2026, 9, 9), "专家评审") in statutory.notes


def test_it_is_known_whose_turn_it_was(world, paused):
    SupplementNotice.objects.create(
        application=paused,
        issued_on=date(2026, 8, 31),
        issued_by=world.approver,
        items=[],
        answered_on=ACCEPTED,
    )
    found = turns(paused, working_calendar(), on=ON)
    assert found == {"total": 11, "enterprise": 1, "department": 6, "third_party": 4}


def test_before_anything_was_submitted_there_is_no_clock(client, world, accept):
    draft = accept(accepted_on=None, received_on=None, submitted_on=None)
    assert clocks(draft, working_calendar(), on=ON, internal=True) == []
    assert "还没有开始计算期限" in page(client, world.approver, draft).content.decode()


def test_the_page_asks_the_same_number_of_questions_however_many_pauses(
    client, world, paused, django_assert_max_num_queries
):
    def count(n: int) -> int:
        with django_assert_max_num_queries(80) as asked:
            page(client, world.approver, paused)
        return len(asked)

    page(client, world.approver, paused)
    before = count(1)
    for day in (10, 11, 14):
        row = open_pause(
            paused.pk, by=world.approver, on=date(2026, 9, day), ground="testing", reason="检测", told_days=1
        )
        close_pause(row.pk, by=world.approver, on=date(2026, 9, day), outcome="检测报告")
    assert count(3) == before


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2026, 9, 15, 15, 59, 59, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 9, 15, 16, 0, tzinfo=UTC), date(2026, 9, 16)),  # midnight in Shanxi
    ],
)
def test_today_is_the_day_in_shanxi_wherever_the_server_stands(client, world, paused, moment, today):
    shown = page(client, world.approver, paused, on=moment).context["clocks"]
    cells = [cell for clock in shown for month in clock.months for week in month.weeks for cell in week if cell]
    assert {cell.row.day for cell in cells if cell.is_today} == {today}


def test_a_receipt_after_hours_is_explained_beside_its_days(client, world, accept):
    at = datetime(2026, 8, 28, 10, 30, tzinfo=UTC)  # Friday evening; received on Monday
    found = accept(received_on=date(2026, 8, 31), received_at=at)
    html = page(client, world.owner, found).content.decode()
    assert "2026年8月28日 18:30 提交，已过停止业务时间，以下一工作日 2026年8月31日 为收件日" in html


def test_a_receipt_on_a_rest_day_is_explained_too(world, accept):
    found = accept(received_on=date(2026, 8, 29))
    review = clocks(found, working_calendar(), on=ON, internal=False)[0]
    assert review.remarks == ["2026年8月29日 收件，为休息日；首日不计，第1日为下一工作日 2026年8月31日"]


@pytest.mark.parametrize(("received_on", "last_day"), [(date(2026, 9, 5), "2026年9月14日"), (date(2026, 9, 7), "")])
def test_a_limit_in_calendar_days_that_ends_on_a_rest_day_says_what_is_not_settled(
    world, accept, received_on, last_day
):
    """Seven days from a Saturday end on a Saturday. No law at hand moves that day: it stays the warning date."""
    found = accept("R07", received_on=received_on)
    warning = clocks(found, working_calendar(), on=ON, internal=False)[1]
    assert (warning.limit.unit, (warning.found.due_on - received_on).days) == ("calendar", 7)
    assert ("不顺延，以该日为预警日期；如顺延则为 2026年9月14日" in "".join(warning.remarks)) is bool(last_day)


def test_a_notice_in_time_ends_the_review_and_nothing_is_overdue_while_the_applicant_works(world):
    application = handed_in(world)
    ask(application, world.approver)
    review = clocks(application, working_calendar(), on=LATE, internal=False)[0]
    assert (review.named.code, review.done_on, review.remaining, review.is_overdue) == ("review", RECEIVED, None, False)
    again = answer(application, world.owner, LATE)
    [anew] = clocks(again, working_calendar(), on=LATE, internal=False)
    assert (anew.done_on, anew.limit.start_on) == (None, LATE)  # received anew: the office has its days again
