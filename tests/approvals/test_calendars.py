"""A calendar is drafted, previewed and then applied: every date that moves has its event."""

from __future__ import annotations

import contextlib
import random
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from approvals.accounts.models import Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import CalendarChange, CalendarDay, CalendarEdition, Event, LocalClosure, ProjectDocument
from approvals.selectors.calendar import calendar_for, working_calendar
from approvals.selectors.calendar_changes import preview
from approvals.selectors.stale_limits import stale_limits
from approvals.services import calendar_batches, calendars, clocks
from tests.cases import file_paper
from tests.world import person

ON = date(2026, 12, 20)
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月30日（周六）、2月13日（周六）上班。"""
WINTER = {"accepted_on": date(2026, 12, 8), "received_on": date(2026, 12, 8)}


def draft(by, text=NOTICE, **change):
    said = {"year": 2027, "source": "国办发明电〔2026〕示例号"} | change
    return calendars.draft_calendar(by=by, on=ON, text=text, **said)


def put_in_force(change, by, on=ON):
    """Apply it and let the worker go through all of its batches."""
    calendars.apply_calendar(change.pk, by=by, on=on)
    while calendar_batches.advance_calendar(change.pk):
        pass
    change.refresh_from_db()
    return change


def test_a_year_that_is_published_moves_what_was_provisional(accept, world):
    found = accept(**WINTER)
    assert (found.due_on, found.due_is_provisional) == (date(2027, 1, 5), True)
    change = draft(world.administrator)
    seen = preview(change, on=ON)
    assert [(row.before, row.after, row.becomes_overdue) for row in seen.moved] == [
        (date(2027, 1, 5), date(2027, 1, 6), False)
    ]
    assert not CalendarEdition.objects.filter(year=2027).exists()  # a preview writes nothing

    applied = put_in_force(change, world.administrator)
    found.refresh_from_db()
    assert (applied.moved, found.due_on, found.due_is_provisional) == (1, date(2027, 1, 6), False)
    event = Event.objects.get(kind="application.limits_recomputed")
    assert (event.facts["due_was"], event.facts["due"]) == ("2027-01-05", "2027-01-06")
    assert "2027年工作日历第1版" in event.facts["because"]
    assert Event.objects.get(kind="calendar.settled").facts["moved"] == 1
    assert list(stale_limits()) == []


def test_a_correction_replaces_the_whole_year_and_counts_its_revisions(world):
    for text in (NOTICE, "2027-01-01 rest 元旦"):
        put_in_force(draft(world.administrator, text), world.administrator)
    edition = CalendarEdition.objects.get(year=2027)
    assert (edition.revision, edition.days.count()) == (2, 1)
    assert CalendarDay.objects.filter(day__year=2026).exists()


def test_a_make_up_day_more_may_make_an_open_limit_overdue_and_the_preview_says_so(accept, world):
    """The corrected calendar of 2026 makes a Saturday a working day: the limit ends a day earlier, which has passed."""
    found = accept(accepted_on=date(2026, 11, 20), received_on=date(2026, 11, 20))
    assert found.due_on == date(2026, 12, 18)
    listed = "\n".join(
        f"{row.day} {'work' if row.is_working else 'rest'} {row.note}"
        for row in CalendarDay.objects.filter(day__year=2026)
    )
    change = draft(world.administrator, f"{listed}\n2026-12-05 work 调休", year=2026)
    seen = preview(change, on=date(2026, 12, 18))
    assert [(row.after, row.becomes_overdue) for row in seen.moved] == [(date(2026, 12, 17), True)]
    assert seen.overdue == seen.moved


def test_letters_that_carry_the_old_date_are_listed(accept, world, project):
    found = accept(**WINTER)
    facts = {"statutory_due_on": "2027-01-05", "promised_due_on": ""}
    document = file_paper(project, world.bureau, found, kind="acceptance_notice", facts=facts)
    seen = preview(draft(world.administrator), on=ON)
    (letter,) = seen.letters
    assert letter.place.document_id == document.pk
    assert [(row.label, row.was, row.now) for row in letter.dates] == [("法定期限", date(2027, 1, 5), date(2027, 1, 6))]
    assert ProjectDocument.objects.get().document_id == document.pk


def test_an_areas_closure_counts_for_its_own_departments_only(accept, world):
    found = accept()
    far = accept("R06", department=world.provincial_energy)
    change = draft(
        world.administrator, "2026-09-10 rest 暴雨停止办公", year=2026, organisation=world.county, source="县政府公告"
    )
    seen = preview(change, on=ON)
    assert [row.application.pk for row in seen.moved] == [found.pk]
    put_in_force(change, world.administrator)
    assert LocalClosure.objects.get().organisation == world.county
    assert date(2026, 9, 10) in calendar_for(world.bureau).closures
    assert working_calendar().is_working_day(date(2026, 9, 10))
    before = far.due_on
    far.refresh_from_db()
    assert far.due_on == before


def test_a_table_that_does_not_add_up_is_refused_with_every_fault(world):
    with pytest.raises(GuardFailed) as refusal:
        draft(world.administrator, "一、元旦：1月1日（周四）至3日放假，共4天。", source=" ")
    messages = " ".join(blocker.message for blocker in refusal.value.blockers)
    assert "周五" in messages
    assert "共4天" in messages
    assert "来源" in messages
    assert not CalendarChange.objects.exists()


def test_a_closure_opens_no_weekend_and_says_why(world):
    with pytest.raises(GuardFailed) as refusal:
        draft(world.administrator, "2027-01-02 work x\n2027-01-04 rest", organisation=world.county)
    assert {b.code for b in refusal.value.blockers} == {"closure-works", "closure-reason"}


def test_a_draft_is_applied_once(world):
    change = draft(world.administrator)
    calendars.apply_calendar(change.pk, by=world.administrator, on=ON)
    with pytest.raises(WrongState):
        calendars.apply_calendar(change.pk, by=world.administrator, on=ON)


@pytest.mark.parametrize("who", ["handler", "lead", "approver", "supervisor", "owner"])
def test_only_an_administrator_keeps_the_calendar(world, who):
    with pytest.raises(NotYours):
        draft(getattr(world, who))


def test_an_administrator_closes_only_what_lies_in_his_area(world):
    local = person("local", "县管郑", Role.ADMINISTRATOR, world.county)
    closure = {"text": "2027-01-04 rest 停电", "organisation": world.county}
    assert draft(local, **closure).organisation == world.county
    with pytest.raises(NotYours):
        draft(local, **closure | {"organisation": world.province})


def test_the_page_previews_and_applies(client, accept, world):
    accept(**WINTER)
    client.force_login(world.administrator, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("approvals:calendar")
    with time_machine.travel(ON, tick=False):
        assert "2027 年的安排还没有录入" in client.get(url).content.decode()
        bad = client.post(url, {"year": 2027, "source": "国办", "text": "一、元旦：待定。"})
        assert bad.status_code == 422
        assert "没有读到放假或上班的日期" in bad.content.decode()

        seen = client.post(url, {"year": 2027, "source": "国办", "text": NOTICE}, follow=True)
        html = seen.content.decode()
        assert "1 项（1 个办件）" in html
        assert world.enterprise.name not in html  # an administrator handles no case
        assert "示例项目" not in html
        change = CalendarChange.objects.get()
        done = client.post(reverse("approvals:calendar-apply"), {"change": change.pk}, follow=True)
        assert "已处理 0 / 1 个项目" in done.content.decode()
        assert 'http-equiv="refresh"' in done.content.decode()
        assert not calendar_batches.advance_calendar(change.pk)
        assert "重新计算了 1 个办件的期限" in client.get(url, {"change": change.pk}).content.decode()
        assert client.post(reverse("approvals:calendar-apply"), {"change": change.pk}).status_code == 409
        assert client.get(url, {"change": "x"}).status_code == 404


def act_at_random(chance, application, world, head, on):
    """One act that somebody might try today, lawful or not."""
    by = world.approver
    match chance.choice(["open", "close", "extend", "closure"]):
        case "open":
            clocks.open_pause(application.pk, by=by, on=on, ground="expert_review", reason="评审", told_days=5)
        case "close":
            for pause in application.pauses.filter(closed_on=None):
                clocks.close_pause(pause.pk, by=by, on=on, outcome="评审意见")
        case "extend":
            clocks.extend_limit(application.pk, by=head, on=on, reason="需要核实")
        case "closure":
            change = draft(world.administrator, f"{on} rest 停电", year=2026, organisation=world.county)
            put_in_force(change, world.administrator, on)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_every_stored_date_is_what_its_records_say(accept, world, seed):
    """Random acts on two clocks, one of them with a bound on its pause, and closed offices in between."""
    chance, today = random.Random(seed), date(2026, 9, 2)
    head = person("head", "局长冯", Role.APPROVER, world.bureau)
    head.appointments.update(is_head=True)
    found = [accept("R04"), accept("R08")]
    for _step in range(12):
        today += timedelta(days=chance.randint(0, 4))
        with contextlib.suppress(GuardFailed):
            act_at_random(chance, chance.choice(found), world, head, today)
        assert list(stale_limits()) == []
