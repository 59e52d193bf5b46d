"""A calendar in force is carried through in batches: nothing is lost where a worker dies, and nothing happens twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from approvals import tasks
from approvals.errors import NotYours, WrongState
from approvals.models import CalendarChange, Event, Matter, Message
from approvals.papers import clocks as papers
from approvals.selectors.calendar_changes import preview
from approvals.selectors.letters import letters_to_correct
from approvals.selectors.stale_limits import stale_limits
from approvals.services import calendar_batches, calendars, clocks
from approvals.services.calendar_batches import advance_calendar
from approvals.services.projects import Registration, register_project
from documents.facts import clocks as shapes
from documents.facts import shape
from tests.approvals.conftest import last_event
from tests.cases import file_paper, make_application
from tests.receiving import handed_in
from tests.world import World

ON = date(2026, 12, 20)
ACCEPTED = date(2026, 12, 8)
BEFORE, AFTER = date(2027, 1, 5), date(2027, 1, 7)
NOTICE = "2027-01-01 rest 元旦\n2027-01-04 rest 元旦"


@pytest.fixture
def accepted(world: World):
    """Three projects with two accepted applications each, all due in a year without a calendar."""
    matters = Matter.objects.in_force(ON).filter(code__in=["R04", "R06"])
    found = []
    for number in range(3):
        registration = Registration(f"批次项目{number}", world.zone, world.enterprise, "2110")
        project = register_project(registration, by=world.owner, on=ACCEPTED)
        for matter in matters:
            row = make_application(project, world.enterprise, world.bureau, code=matter.code, state="accepted")
            row.received_on = row.accepted_on = ACCEPTED
            row.accepted_by = world.approver
            clocks.store_limits(row)
            found.append(row)
    return found


@pytest.fixture
def change(world: World) -> CalendarChange:
    return calendars.draft_calendar(by=world.administrator, on=ON, year=2027, text=NOTICE, source="国办发明电")


def apply(change: CalendarChange, world: World) -> None:
    calendars.apply_calendar(change.pk, by=world.administrator, on=ON)


def carry_through(change: CalendarChange) -> CalendarChange:
    while advance_calendar(change.pk, projects=1, letters=1):
        pass
    return CalendarChange.objects.get(pk=change.pk)


def moved() -> int:
    return Event.objects.filter(kind="application.limits_recomputed").count()


def test_each_batch_is_whole_and_the_next_goes_on_where_it_stopped(world, accepted, change):
    apply(change, world)
    assert moved() == 0
    for batch in (1, 2, 3):
        assert advance_calendar(change.pk, projects=1)
        change.refresh_from_db()
        assert (change.done, change.total, change.moved, moved()) == (batch, 3, 2 * batch, 2 * batch)
    done = carry_through(change)
    assert done.settled_at is not None
    assert list(stale_limits()) == []
    assert not advance_calendar(change.pk)
    assert (moved(), Event.objects.filter(kind="calendar.settled").count()) == (6, 1)


def test_a_batch_that_fails_leaves_nothing_behind_and_is_done_again(world, accepted, change, monkeypatch):
    apply(change, world)
    assert advance_calendar(change.pk, projects=1)
    real, calls = calendar_batches.recompute_limits, []

    def dies_on_the_second(pk, **facts):
        calls.append(pk)
        if len(calls) == 2:
            raise RuntimeError("the worker died")
        return real(pk, **facts)

    monkeypatch.setattr(calendar_batches, "recompute_limits", dies_on_the_second)
    with pytest.raises(RuntimeError):
        advance_calendar(change.pk, projects=1)
    change.refresh_from_db()
    assert (change.done, moved()) == (1, 2)
    monkeypatch.setattr(calendar_batches, "recompute_limits", real)
    carry_through(change)
    assert (moved(), list(stale_limits())) == (6, [])


def test_what_a_dead_worker_left_is_found_again(world, accepted, change):
    apply(change, world)
    advance_calendar(change.pk, projects=1)
    assert calendar_batches.stalled_changes() == []
    CalendarChange.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    assert calendar_batches.stalled_changes() == [change.pk]
    tasks.resume_calendars()
    change.refresh_from_db()
    assert change.settled_at is not None
    assert calendar_batches.stalled_changes() == []


def test_what_an_official_has_moved_between_two_batches_is_not_moved_again(world, accepted, change):
    """Whatever stores a limit anew uses the calendar in force; the batch finds nothing left to do there."""
    apply(change, world)
    last = accepted[-1]
    clocks.store_limits(last)
    assert last.due_on == AFTER
    carry_through(change)
    assert moved() == 5


def test_letters_with_the_old_date_are_corrected_once_each(client, world, accepted, change, print_papers):
    for number, application in enumerate(accepted[:3]):
        kind = ("acceptance_notice", "conditional_acceptance_notice", "acceptance_notice")[number]
        facts = {"statutory_due_on": BEFORE.isoformat() if number < 2 else AFTER.isoformat(), "promised_due_on": ""}
        file_paper(application.project, world.bureau, application, kind=kind, facts=facts)
    with pytest.raises(WrongState):  # not before the dates have moved
        calendars.correct_letters(change.pk, by=world.administrator, on=ON)
    apply(change, world)
    with pytest.raises(WrongState):
        calendars.correct_letters(change.pk, by=world.administrator, on=ON)
    carry_through(change)
    assert len(letters_to_correct(change)) == 2  # the third names the right date already

    with time_machine.travel(ON, tick=False):
        client.force_login(world.administrator, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse("approvals:calendar"), {"change": change.pk}).content.decode()
        assert "向企业发出 2 份更正通知" in page
        assert world.enterprise.name not in page
        client.post(reverse("approvals:calendar-correct"), {"change": change.pk})
        assert client.post(reverse("approvals:calendar-correct"), {"change": change.pk}).status_code == 409
    done = carry_through(change)
    assert (done.corrected, letters_to_correct(change)) == (2, [])
    assert Event.objects.filter(kind="application.date_corrected").count() == 2

    paper = papers.date_correction_notice(last_event("application.date_corrected"))
    shape.check(paper, shapes.DateCorrectionNotice)
    assert paper["dates"] == [{"label": "法定期限", "was": "2027-01-05", "now": "2027-01-07"}]
    assert paper["because"] == "2027年工作日历第1版"


def test_the_enterprise_is_told_and_gets_the_letter(world, accepted, change, deliver_with_papers):
    facts = {"statutory_due_on": BEFORE.isoformat(), "promised_due_on": ""}
    file_paper(accepted[0].project, world.bureau, accepted[0], kind="acceptance_notice", facts=facts)
    apply(change, world)
    carry_through(change)
    calendars.correct_letters(change.pk, by=world.administrator, on=ON)
    carry_through(change)
    deliver_with_papers()
    letter = accepted[0].project.papers.get(document__kind="date_correction_notice").document
    assert letter.number == "示审正〔2026〕1号"
    assert Message.objects.filter(recipient=world.owner, text__contains="法定期限2027年1月5日改为2027年1月7日").exists()


@pytest.mark.parametrize("who", ["handler", "approver", "supervisor", "owner"])
def test_only_who_keeps_the_calendar_has_letters_corrected(world, change, who):
    with pytest.raises(NotYours):
        calendars.correct_letters(change.pk, by=getattr(world, who), on=ON)


def test_a_receipt_slip_with_the_old_last_day_is_previewed_and_corrected_once(world, change, deliver_with_papers):
    application = handed_in(world, "R06", date(2026, 12, 29))
    stated = {"tell_by": "2027-01-05"}
    file_paper(application.project, world.bureau, application, kind="material_receipt", facts=stated)
    [letter] = preview(change, on=ON).letters
    assert [(row.was, row.now) for row in letter.dates] == [(BEFORE, AFTER)]
    apply(change, world)
    carry_through(change)
    assert len(letters_to_correct(change)) == 1
    calendars.correct_letters(change.pk, by=world.administrator, on=date(2026, 12, 30))
    assert (carry_through(change).corrected, letters_to_correct(change)) == (1, [])
    deliver_with_papers()
    said = "一次性告知补正内容的期限2027年1月5日改为2027年1月7日"
    assert Message.objects.filter(recipient=world.owner, text__contains=said).exists()


def test_a_corrected_slip_is_measured_by_its_correction(world, change):
    application = handed_in(world, "R06", date(2026, 12, 29))
    stated = {"tell_by": "2027-01-05"}
    file_paper(application.project, world.bureau, application, kind="material_receipt", facts=stated)
    apply(change, world)
    carry_through(change)
    calendars.correct_letters(change.pk, by=world.administrator, on=ON)
    carry_through(change)
    text = f"{NOTICE}\n2027-01-05 rest 元旦"
    again = calendars.draft_calendar(by=world.administrator, on=ON, year=2027, text=text, source="更正")
    [letter] = preview(again, on=ON).letters
    assert [(row.was, row.now) for row in letter.dates] == [(AFTER, date(2027, 1, 8))]


def test_a_slip_of_what_is_accepted_needs_no_correction(world, accepted, change):
    slip = {"tell_by": "2026-12-31"}
    file_paper(accepted[0].project, world.bureau, accepted[0], kind="material_receipt", facts=slip)
    assert preview(change, on=ON).letters == []
