"""Pauses and extensions: who, on what ground, how often, and what becomes of the dates."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from approvals.accounts.models import Appointment, Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, ClockPause, Determination, Event, LocalParameter
from approvals.selectors.acts import asked_extension, open_acts
from approvals.selectors.limits import limits_from, named_limits
from approvals.services import clocks
from approvals.services.decisions import grant_application, recommend, refuse_application
from approvals.services.extensions import ask_extension
from approvals.services.returning import reopen_application, withdraw_application
from tests.approvals.conftest import ACCEPTED
from tests.cases import make_application
from tests.world import SINCE, person

DUE = date(2026, 9, 29)  # twenty working days later: 20 September is a make-up day, 25 September a holiday


@pytest.fixture
def head(world):
    boss = person("head", "局长冯", Role.APPROVER, world.bureau)
    boss.appointments.update(is_head=True)
    return boss


def pause(application, by, on=date(2026, 9, 3), **change):
    said = {"ground": "expert_review", "reason": "组织专家评审总平面方案", "told_days": 10} | change
    return clocks.open_pause(application.pk, by=by, on=on, **said)


def test_the_limits_stand_side_by_side(accept, world):
    LocalParameter.objects.create(
        code="internal_working_days", organisation=world.county, value="8", source="县局规定", from_on=SINCE
    )
    found = accept()
    assert (found.due_on, found.promised_due_on, found.internal_due_on) == (DUE, None, date(2026, 9, 11))
    assert [row.code for row in named_limits(found, ACCEPTED)] == ["statutory", "internal"]


def test_an_expert_review_stops_the_clock_by_its_actual_days(accept, world):
    found = accept()
    opened = pause(found, world.approver)
    found.refresh_from_db()
    assert (found.due_on, found.paused_on) == (None, date(2026, 9, 3))

    clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 9), outcome="评审意见〔2026〕3号")
    found.refresh_from_db()
    assert (found.due_on, found.paused_on) == (date(2026, 10, 10), None)  # four counted days later, over the holiday


def test_what_was_told_does_not_count_but_what_it_took(accept, world):
    found = accept()
    opened = pause(found, world.approver, told_days=1)
    clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 3), outcome="当日完成")
    found.refresh_from_db()
    assert found.due_on == DUE


@pytest.mark.parametrize("ground", ["waiting", "consultation", ""])
def test_waiting_for_another_department_is_no_ground_and_the_refusal_names_those_that_are(accept, world, ground):
    with pytest.raises(GuardFailed) as refusal:
        pause(accept(), world.approver, ground=ground, reason=" ", told_days=None)
    found = {blocker.code: blocker for blocker in refusal.value.blockers}
    assert set(found) == {"ground-unlisted", "notice-empty", "duration-untold"}
    assert "听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审" in found["ground-unlisted"].message
    assert {blocker.basis for blocker in found.values()} == {"《行政许可法》第四十五条"}
    assert not ClockPause.objects.exists()


def test_water_abstraction_may_wait_for_consultation_by_its_own_statute(accept, world):
    assert pause(accept("C06"), world.approver, ground="consultation").ground == "consultation"


def test_an_expert_review_of_fire_design_is_told_for_twenty_days_at_most(accept, world):
    with pytest.raises(GuardFailed) as refusal:
        pause(accept("R08"), world.approver, told_days=21)
    assert [blocker.code for blocker in refusal.value.blockers] == ["duration-too-long"]


def test_a_bounded_pause_shows_the_latest_day_at_once(accept, world):
    found = accept("R08")
    pause(found, world.approver, told_days=20)
    found.refresh_from_db()
    assert found.paused_on == date(2026, 9, 3)
    assert found.due_on == date(2026, 10, 26)  # 15 + 20 working days


def test_one_procedure_at_a_time(accept, world):
    found = accept()
    pause(found, world.approver)
    with pytest.raises(GuardFailed) as refusal:
        pause(found, world.second_approver, ground="testing")
    assert [blocker.code for blocker in refusal.value.blockers] == ["pause-open"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockPause.objects.create(
            application=found, ground="hearing", reason="x", told_days=1, opened_on=ACCEPTED, opened_by=world.approver
        )


def test_a_pause_is_closed_once_with_its_outcome(accept, world):
    opened = pause(accept(), world.approver)
    with pytest.raises(GuardFailed) as refusal:
        clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 2), outcome="")
    assert {b.code for b in refusal.value.blockers} == {"outcome-missing", "before-opening"}
    clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 8), outcome="评审意见")
    with pytest.raises(WrongState):
        clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 9), outcome="评审意见")


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor", "energy_approver", "administrator"])
def test_only_the_department_stops_its_clock(accept, world, who):
    with pytest.raises(NotYours):
        pause(accept(), getattr(world, who))


def test_a_clock_that_does_not_run_cannot_be_stopped(world, project):
    draft = make_application(project, world.enterprise, world.bureau)
    with pytest.raises(WrongState):
        pause(draft, world.approver)


@pytest.mark.parametrize("decide", [grant_application, refuse_application])
def test_nothing_is_decided_while_a_procedure_runs(accept, world, decide):
    found = accept()
    pause(found, world.approver)
    with pytest.raises(GuardFailed) as refusal:
        decide(found.pk, by=world.second_approver, on=date(2026, 9, 10), reason="")
    assert "pause-open" in {blocker.code for blocker in refusal.value.blockers}


def test_a_withdrawal_ends_what_was_open(accept, world):
    found = accept()
    pause(found, world.approver)
    withdraw_application(found.pk, by=world.owner, on=date(2026, 9, 7), reason="方案调整")
    found = Application.objects.get(pk=found.pk)
    assert found.paused_on is None
    assert found.due_on == limits_from(found, ACCEPTED).statutory_on == date(2026, 10, 8)


def test_the_head_of_the_department_extends_once_by_ten_days(accept, head):
    found = accept()
    extension = clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 20), reason="方案需多部门核实")
    found.refresh_from_db()
    assert (extension.days, extension.approver_title) == (10, "行政机关负责人")
    assert extension.basis == "《行政许可法》第四十二条第一款"
    assert found.due_on == date(2026, 10, 19)
    with pytest.raises(GuardFailed) as refusal:
        clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 21), reason="再次")
    assert [b.code for b in refusal.value.blockers] == ["extended-before"]


def test_what_is_decided_anew_may_be_extended_anew_and_again_once(accept, head, world):
    """Each run of the clock has its own extension; the one of before the reopening stays on record."""
    found = accept()
    clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 20), reason="方案需多部门核实")
    Application.objects.filter(pk=found.pk).update(state="refused", decided_on=date(2026, 9, 21))
    reopen_application(found.pk, by=head, on=date(2026, 9, 22), reason="新的证据")
    found = Application.objects.get(pk=found.pk)
    assert (found.extension, found.due_on) == (None, date(2026, 10, 27))
    assert "ask_extension" in open_acts(found, world.approver, on=date(2026, 9, 22))
    clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 22), reason="同日再次核实")
    found = Application.objects.get(pk=found.pk)
    assert found.due_on == date(2026, 11, 10)
    assert [row.run for row in found.extensions.all()] == [1, 2]
    with pytest.raises(GuardFailed) as refusal:
        clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 23), reason="第三次")
    assert [b.code for b in refusal.value.blockers] == ["extended-before"]


def test_a_request_of_before_a_reopening_is_not_shown_again(accept, head, world):
    found = accept()
    ask_extension(found.pk, by=world.approver, on=date(2026, 9, 10), reason="方案需多部门核实")
    Application.objects.filter(pk=found.pk).update(state="refused", decided_on=date(2026, 9, 21))
    reopen_application(found.pk, by=head, on=date(2026, 9, 22), reason="新的证据")
    assert asked_extension(Application.objects.get(pk=found.pk)) is None


def test_a_joint_handling_has_45_and_15_and_another_approver(accept, head, world):
    found = accept(is_joint=True)
    assert found.due_on == date(2026, 11, 9)
    with pytest.raises(NotYours):
        clocks.extend_limit(found.pk, by=head, on=date(2026, 10, 20), reason="会商")
    governor = person("governor", "县长韩", Role.LEAD, world.county)
    governor.appointments.update(is_head=True)
    extension = clocks.extend_limit(found.pk, by=governor, on=date(2026, 10, 20), reason="会商")
    assert (extension.days, extension.approver_title) == (15, "本级人民政府负责人")
    found.refresh_from_db()
    assert found.due_on == date(2026, 11, 30)


def test_a_head_does_not_extend_his_own_case(accept, head):
    found = accept(accepted_by=head)
    with pytest.raises(NotYours):
        clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 20), reason="需要时间")


def test_a_head_who_examined_the_case_leaves_its_extension_to_another(accept, head):
    found = accept()
    recommend(found.pk, by=head, on=date(2026, 9, 10), outcome="refuse", reason="退让距离不足")
    with pytest.raises(NotYours):
        clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 20), reason="需要时间")


@pytest.mark.parametrize("who", ["approver", "second_approver", "lead", "handler", "owner"])
def test_only_a_head_extends(accept, world, who):
    with pytest.raises(NotYours):
        clocks.extend_limit(accept().pk, by=getattr(world, who), on=date(2026, 9, 20), reason="需要时间")


def test_every_reason_against_an_extension_is_named_at_once(accept, head):
    found = accept()
    with pytest.raises(GuardFailed) as refusal:
        clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 30), reason=" ", days=11)
    assert {b.code for b in refusal.value.blockers} == {"extension-too-long", "reason-missing", "limit-passed"}


def test_a_limit_may_be_extended_on_its_last_day(accept, head):
    assert clocks.extend_limit(accept().pk, by=head, on=DUE, reason="需要时间").days == 10


def test_a_special_period_that_names_no_extension_has_none(accept, head):
    with pytest.raises(GuardFailed) as refusal:
        clocks.extend_limit(accept("R08").pk, by=head, on=date(2026, 9, 10), reason="需要时间")
    assert [b.code for b in refusal.value.blockers] == ["no-extension"]


def test_the_water_plan_has_its_own_ten_days(accept, head):
    assert clocks.extend_limit(accept("C02").pk, by=head, on=date(2026, 9, 4), reason="复杂").days == 10


@pytest.mark.parametrize(("outcome", "days"), [("report_book", 60), ("report_table", 30)])
def test_the_environmental_report_has_the_days_of_its_class_from_receipt(accept, world, project, outcome, days):
    Determination.objects.create(
        project=project, kind="eia", outcome=outcome, on=ACCEPTED, edition="2021", sha256="0" * 64, facts={},
        answer={}, confirmed_by=world.handler,
    )  # fmt: skip
    found = accept("R09", received_on=date(2026, 8, 31))
    assert (found.due_on - date(2026, 8, 31)).days == days
    warning, reading = named_limits(found, ACCEPTED)[:2]
    assert (warning.limit.unit, reading.limit.unit) == ("calendar", "working")
    assert reading.limit.days == days


def test_events_tell_the_dates_that_hold_after_them(accept, world, head):
    found = accept()
    opened = pause(found, world.approver)
    clocks.close_pause(opened.pk, by=world.approver, on=date(2026, 9, 4), outcome="评审意见")
    clocks.extend_limit(found.pk, by=head, on=date(2026, 9, 20), reason="方案需核实")
    kinds = Event.objects.filter(kind__startswith="application.c") | Event.objects.filter(kind__contains="limit")
    facts = {event.kind: event.facts["due"] for event in kinds}
    assert facts == {
        "application.clock_paused": None,
        "application.clock_resumed": "2026-09-30",
        "application.limit_extended": "2026-10-20",
    }


def test_recomputing_an_untouched_application_changes_nothing(accept, world):
    found = accept()
    pause(found, world.approver)
    assert clocks.recompute_limits(found.pk, by=None, on=date(2026, 12, 1), because="核对") is False
    assert not Event.objects.filter(kind="application.limits_recomputed").exists()


def test_the_head_is_an_appointment_with_dates(accept, head):
    Appointment.objects.filter(user=head).update(until_on=date(2026, 9, 10))
    with pytest.raises(NotYours):
        clocks.extend_limit(accept().pk, by=head, on=date(2026, 9, 20), reason="需要时间")
