"""Hearings (《行政许可法》第四十六条至第四十八条): told, asked for, announced, on record; with their own clock."""

from __future__ import annotations

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from approvals import tasks
from approvals.accounts.models import Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, ClockPause, Event, Hearing, Matter, Reminder
from approvals.papers import hearings as papers
from approvals.selectors.acts import open_acts
from approvals.selectors.application_page import limits
from approvals.services import clocks, decisions, hearings
from approvals.services.reminders import remind
from documents.facts import hearings as shapes
from documents.facts import shape
from documents.models import Document
from tests.approvals.conftest import ACCEPTED, last_event, text_of
from tests.world import person
from workflows.alignment import align_application
from workflows.models import WorkItem
from workflows.supervision import supervised_items, totals

TOLD = date(2026, 9, 2)  # a Wednesday
ASK_BY = date(2026, 9, 9)  # 3, 4, 7, 8, 9
ASKED = date(2026, 9, 8)
HOLD_BY = date(2026, 10, 12)  # twenty working days on: over a make-up Sunday, 25 September and the national holiday
REASON = "拟建厂房与相邻住宅的日照间距"
RECORD = {"record": "各方质证", "confirmed_by": "申请人代表、业主代表"}


@pytest.fixture
def application(accept) -> Application:
    Matter.objects.update(prerequisites=[])
    return accept()


@pytest.fixture
def host(world):
    return person("host", "法制科裴", Role.APPROVER, world.bureau)


def tell(application, by, on=TOLD, ground="interests", **change) -> Hearing:
    said = {"reason": REASON, "interested": "北苑小区业主委员会"} | change
    return hearings.tell_hearing(application.pk, by=by, on=on, ground=ground, **said)


def asked(application, world) -> Hearing:
    return hearings.ask_hearing(tell(application, world.approver).pk, by=world.owner, on=ASKED)


def arrange(hearing, by, host, on=date(2026, 9, 9), planned_on=date(2026, 9, 18), **change) -> Hearing:
    said = {"planned_at": time(9, 30), "place": "政务服务中心", "host": host} | change
    return hearings.arrange_hearing(hearing.pk, by=by, on=on, planned_on=planned_on, **said)


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)


def codes(refusal) -> set[str]:
    return {blocker.code for blocker in refusal.value.blockers}


def test_from_the_word_to_the_record_the_clock_stands_only_while_the_hearing_has_to_be_held(world, application, host):
    due = application.due_on
    hearing = tell(application, world.approver)
    assert (hearing.ask_by_on, fresh(application).due_on) == (ASK_BY, due)

    hearings.ask_hearing(hearing.pk, by=world.owner, on=ASKED)
    pause = ClockPause.objects.get()
    assert (pause.ground, pause.opened_on, pause.told_days, pause.opened_by) == ("hearing", ASKED, 20, world.approver)
    assert (fresh(application).due_on, fresh(application).paused_on) == (None, ASKED)

    arrange(hearing, world.approver, host)
    held = date(2026, 9, 18)
    hearings.record_hearing(hearing.pk, by=world.approver, on=date(2026, 9, 21), held_on=held, **RECORD)
    pause.refresh_from_db()
    hearing.refresh_from_db()
    assert (pause.closed_on, hearing.outcome) == (date(2026, 9, 21), "held")
    # 9 to 18 September, the make-up Sunday and Monday the 21st are left out: ten working days.
    assert fresh(application).due_on == date(2026, 10, 19)


@pytest.mark.parametrize(("on", "refused"), [(ASK_BY, False), (date(2026, 9, 10), True)])
def test_it_may_be_asked_for_on_the_fifth_working_day_and_not_on_the_sixth(world, application, on, refused):
    hearing = tell(application, world.approver)
    if not refused:
        assert hearings.ask_hearing(hearing.pk, by=world.owner, on=on).asked_by == world.enterprise.name
        return
    with pytest.raises(GuardFailed) as refusal:
        hearings.ask_hearing(hearing.pk, by=world.owner, on=on)
    assert codes(refusal) == {"hearing-late"}
    assert not ClockPause.objects.exists()


def test_somebody_elses_request_on_paper_is_recorded_by_the_department_with_his_name(world, application):
    hearing = tell(application, world.approver)
    with pytest.raises(GuardFailed) as refusal:
        hearings.ask_hearing(hearing.pk, by=world.approver, on=ASKED, who=" ")
    assert codes(refusal) == {"asker-missing"}
    assert hearings.ask_hearing(hearing.pk, by=world.approver, on=ASKED, who="北苑小区业主委员会").asked_on == ASKED
    with pytest.raises(WrongState):  # what others asked for is not the applicant's to take back
        hearings.take_back_request(hearing.pk, by=world.owner, on=ASKED)


@pytest.mark.parametrize("decide", [decisions.grant_application, decisions.refuse_application])
def test_no_decision_while_one_may_ask_and_none_before_the_hearing_was_held(world, application, decide):
    hearing = tell(application, world.approver)

    def refused_on(day: date) -> set[str]:
        with pytest.raises(GuardFailed) as refusal:
            decide(application.pk, by=world.second_approver, on=day, reason="理由")
        return {code for code in codes(refusal) if "hearing" in code}

    assert refused_on(ASK_BY) == {"hearing-may-be-asked"}
    assert refused_on(date(2026, 9, 10)) == set()
    hearings.ask_hearing(hearing.pk, by=world.owner, on=ASKED)
    assert refused_on(date(2026, 9, 10)) == {"hearing-open"}


def test_a_waiver_ends_it_unless_others_may_still_ask(world, application):
    hearing = tell(application, world.approver)
    hearings.waive_hearing(hearing.pk, by=world.owner, on=TOLD)
    assert fresh(application).hearings.get().closed_on is None
    Hearing.objects.all().delete()
    alone = tell(application, world.approver, interested="")
    assert hearings.waive_hearing(alone.pk, by=world.owner, on=TOLD).outcome == "waived"


def test_what_nobody_asked_for_is_closed_by_itself_once_and_late(world, application):
    tell(application, world.approver)
    for day, happened in ((ASK_BY, 0), (date(2026, 9, 20), 1), (date(2026, 9, 21), 0)):
        with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
            assert tasks.follow_receipts() == happened
    assert Hearing.objects.get().outcome == "not_asked"
    assert last_event("application.hearing_closed").by is None


def test_it_is_announced_seven_working_days_before_under_somebody_who_has_not_examined_the_case(
    world, application, host
):
    hearing = asked(application, world)
    with pytest.raises(GuardFailed) as refusal:
        arrange(hearing, world.approver, world.approver, planned_on=date(2026, 9, 17), place=" ")
    assert codes(refusal) == {"notice-short", "host-examined", "place-missing"}
    with pytest.raises(GuardFailed) as refusal:
        arrange(hearing, world.approver, host, planned_on=date(2026, 10, 13))
    assert codes(refusal) == {"hearing-too-late"}
    assert arrange(hearing, world.approver, host, planned_on=HOLD_BY).planned_on == HOLD_BY


def test_when_the_limit_can_no_longer_be_kept_the_earliest_day_is_the_only_one(world, application, host):
    hearing, late = asked(application, world), date(2026, 10, 12)
    with pytest.raises(GuardFailed):
        arrange(hearing, world.approver, host, on=late, planned_on=date(2026, 10, 22))
    assert arrange(hearing, world.approver, host, on=late, planned_on=date(2026, 10, 21)).planned_on > HOLD_BY


def test_a_record_needs_its_announcement_and_those_who_confirm_it(world, application, host):
    hearing = asked(application, world)
    with pytest.raises(GuardFailed) as refusal:
        hearings.record_hearing(
            hearing.pk, by=world.approver, on=ASKED, held_on=date(2026, 9, 9), record=" ", confirmed_by=""
        )
    assert codes(refusal) == {"not-announced", "date-wrong", "record-missing", "unconfirmed"}
    assert ClockPause.objects.get().closed_on is None


def test_one_of_the_authoritys_own_motion_stops_the_clock_at_once_for_the_time_it_states(world, application):
    with pytest.raises(GuardFailed) as refusal:
        tell(application, world.approver, ground="public")
    assert codes(refusal) == {"duration-untold"}
    hearing = tell(application, world.approver, ground="public", told_days=15)
    assert (hearing.ask_by_on, hearing.asked_on) == (None, TOLD)
    assert ClockPause.objects.get().told_days == 15


def test_a_hearing_that_is_asked_for_during_another_procedure_stops_the_clock_when_that_ends(world, application):
    review = clocks.open_pause(
        application.pk, by=world.approver, on=TOLD, ground="expert_review", reason="评审", told_days=5
    )
    asked(application, world)
    assert ClockPause.objects.count() == 1
    clocks.close_pause(review.pk, by=world.approver, on=date(2026, 9, 11), outcome="评审意见")
    assert ClockPause.objects.get(ground="hearing").opened_on == date(2026, 9, 11)


def test_nobody_stops_or_starts_the_clock_for_a_hearing_by_hand(world, application):
    with pytest.raises(GuardFailed) as refusal:
        clocks.open_pause(application.pk, by=world.approver, on=TOLD, ground="hearing", reason="听证", told_days=1)
    assert codes(refusal) == {"ground-by-event"}
    asked(application, world)
    with pytest.raises(WrongState):
        clocks.close_pause(ClockPause.objects.get().pk, by=world.approver, on=ASKED, outcome="笔录")
    acts = open_acts(fresh(application), world.approver, on=ASKED)
    assert "arrange_hearing" in acts
    assert not {"open_pause", "close_pause", "record_hearing"} & set(acts)


def test_the_applicant_takes_his_request_back_and_the_clock_runs_on(world, application):
    hearing = asked(application, world)
    hearings.take_back_request(hearing.pk, by=world.owner, on=date(2026, 9, 9))
    assert fresh(application).paused_on is None
    assert Hearing.objects.get().outcome == "taken_back"


@pytest.mark.parametrize("who", ["handler", "lead", "supervisor", "stranger", "owner"])
def test_only_the_department_tells(world, application, who):
    with pytest.raises(NotYours):
        tell(application, getattr(world, who))


@pytest.mark.parametrize("who", ["handler", "stranger", "supervisor"])
def test_only_the_applicant_or_the_department_answers(world, application, who):
    hearing = tell(application, world.approver)
    with pytest.raises(NotYours):
        hearings.ask_hearing(hearing.pk, by=getattr(world, who), on=ASKED, who="某人")
    with pytest.raises(NotYours):
        hearings.waive_hearing(hearing.pk, by=world.approver, on=ASKED)


def test_a_second_hearing_waits_for_the_end_of_the_first(world, application):
    tell(application, world.approver)
    with pytest.raises(GuardFailed) as refusal:
        tell(application, world.approver, ground="elsewhere", reason=" ")
    assert codes(refusal) == {"ground-unlisted", "reason-missing", "hearing-open"}
    assert Event.objects.filter(kind="application.hearing_told").count() == 1


def test_a_hearing_that_is_overdue_is_the_supervisors_to_see(world, application):
    asked(application, world)
    align_application(fresh(application))
    item = WorkItem.objects.get(application=application, is_open=True)
    assert item.due_on == HOLD_BY
    late = date(2026, 10, 14)
    counted = totals(supervised_items(world.supervisor, on=late), on=late, soon_until=late)
    assert counted["overdue"] >= 1
    (step,) = [row for row in limits(fresh(application), on=late) if row.code == "hearing"]
    assert (step.due_on, step.is_overdue) == (HOLD_BY, True)


def test_the_department_is_reminded_before_a_hearing_is_late_and_when_it_is(world, application):
    asked(application, world)
    for day in (date(2026, 9, 28), HOLD_BY, date(2026, 10, 13)):
        remind(on=day)
    stages = Reminder.objects.filter(kind="hearing", person=world.approver).values_list("stage", flat=True)
    assert sorted(stages) == ["3", "overdue"]


def test_every_paper_says_what_its_article_asks_for(world, application, host, print_papers):
    hearing = asked(application, world)
    arrange(hearing, world.approver, host)
    held = date(2026, 9, 18)
    hearings.record_hearing(hearing.pk, by=world.approver, on=held, held_on=held, **RECORD)
    right = papers.hearing_right_notice(last_event("application.hearing_told"))
    notice = papers.hearing_notice(last_event("application.hearing_arranged"))
    record = papers.hearing_record(last_event("application.hearing_held"))
    shape.check(right, shapes.HearingRightNotice)
    shape.check(notice, shapes.HearingNotice)
    shape.check(record, shapes.HearingRecord)
    assert (right["ask_by"], right["ask_days"], right["hold_days"]) == (ASK_BY.isoformat(), "5个工作日", "20个工作日")
    assert (notice["planned_on"], notice["planned_at"], notice["host"]) == ("2026-09-18", "09:30", "法制科裴")
    print_papers("application.hearing_told")
    document = Document.objects.get(kind="hearing_right_notice")
    assert document.number == "示审听告〔2026〕1号"
    assert "不承担组织听证的费用" in text_of(document).replace("\n", "")


def test_the_enterprise_is_told_and_asks_on_the_page(client, world, application):
    tell(application, world.approver)
    with time_machine.travel(f"{ASKED}T10:00:00+08:00", tick=False):
        client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse("approvals:application", args=[application.pk])).content.decode()
        assert reverse("approvals:hearing", args=[application.pk, "ask"]) in page
        assert "不承担听证费用" in page
        client.post(reverse("approvals:hearing", args=[application.pk, "ask"]))
        assert client.post(reverse("approvals:hearing", args=[application.pk, "elsewhere"])).status_code == 404
        assert Hearing.objects.get().asked_on == ASKED
        again = client.post(reverse("approvals:hearing", args=[application.pk, "ask"]))
    assert again.status_code == 409


def test_the_department_handles_it_on_the_page(client, world, application, host):
    asked(application, world)
    with time_machine.travel("2026-09-09T10:00:00+08:00", tick=False):
        client.force_login(world.approver, backend="django.contrib.auth.backends.ModelBackend")
        url = reverse("approvals:act", args=[application.pk, "arrange_hearing"])
        stated = {"planned_on": "2026-09-18", "planned_at": "09:30", "place": "三层会议室", "host": host.pk}
        client.post(url, {f"arrange_hearing-{name}": value for name, value in stated.items()})
    assert Hearing.objects.get().place == "三层会议室"
    assert Hearing.objects.get().planned_on > ACCEPTED
