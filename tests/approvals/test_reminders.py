"""Reminders are read from the records: nothing is lost while the scheduler stands still, nothing is told twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from approvals import tasks
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Evidence, LocalParameter, Matter, Message, Obligation, Reminder
from approvals.rules.obligations import duties_after_determination
from approvals.selectors.audit import verify_chain
from approvals.services import obligations
from approvals.services.reminders import remind
from tests.cases import Case, home_case, make_application
from tests.concurrency import at_once
from tests.handling import place_in
from tests.world import SINCE

GRANTED = date(2026, 9, 1)
LAPSES = date(2026, 12, 1)


@pytest.fixture
def case(world) -> Case:
    Matter.objects.update(prerequisites=[])
    return home_case(world)


def wants(world, code: str, days: str) -> None:
    LocalParameter.objects.create(code=code, organisation=world.county, value=days, source="县局规定", from_on=SINCE)


@pytest.fixture
def permit(world, case) -> Application:
    """A construction permit: three months to begin. The county wants to be told 30 and 7 days before it lapses."""
    wants(world, "validity_remind_days", "7，30")
    return place_in(
        world, make_application(case.project, world.enterprise, world.bureau, code="R07"), "granted", on=GRANTED
    )


def told(kind: str = "validity") -> Counter:
    return Counter(Reminder.objects.filter(kind=kind).values_list("person__username", "stage"))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_scheduler_that_runs_daily_tells_each_stage_once(world, permit):
    for day in days(date(2026, 10, 25), date(2026, 12, 5)):
        remind(on=day)
    people = [world.owner, world.clerk]
    assert told() == {(person.username, stage): 1 for person in people for stage in ("30", "7", "overdue")}


def test_where_nothing_is_configured_people_are_told_once_it_is_over_and_not_before(world, permit, case):
    LocalParameter.objects.filter(code__in=["validity_remind_days", "due_soon_working_days"]).delete()
    waiting = place_in(world, case.application, "accepted", on=GRANTED)
    Application.objects.filter(pk=waiting.pk).update(due_on=LAPSES)
    for day in days(date(2026, 10, 25), date(2026, 12, 5)):
        remind(on=day)
    assert {stage for _person, stage in told("validity") | told("decision")} == {"overdue"}


@pytest.mark.parametrize("value", ["", "30;7", "一个月", "30,", "-7"])
def test_lead_times_are_numbers_of_days(world, value):
    row = LocalParameter(code="validity_remind_days", organisation=world.county, value=value, source="x", from_on=SINCE)
    with pytest.raises(ValidationError):
        row.full_clean()


def test_nine_days_without_a_scheduler_lose_nothing_and_repeat_nothing(world, permit):
    """It stands still over the seventh day before the end; then it runs every day again."""
    running = [*days(date(2026, 10, 25), date(2026, 11, 20)), *days(date(2026, 11, 30), date(2026, 12, 5))]
    for day in running:
        remind(on=day)
        remind(on=day)
    assert set(told().values()) == {1}
    assert {stage for _person, stage in told()} == {"30", "7", "overdue"}
    missed = Message.objects.filter(recipient=world.owner, text__contains="还有1天").get()
    assert missed.text.startswith("提前7天提醒")
    assert "须在2026年12月1日前开工" in missed.text


def test_what_was_done_meanwhile_is_not_reminded_of(world, permit):
    Evidence.objects.create(
        project=permit.project, kind="broke_ground", happened_on=date(2026, 10, 20), recorded_by=world.handler
    )
    for day in days(date(2026, 10, 25), date(2026, 12, 5)):
        remind(on=day)
    assert not Reminder.objects.filter(kind="validity").exists()


def test_a_person_who_comes_later_is_told_what_he_was_not(world, permit):
    from tests.world import member

    remind(on=date(2026, 11, 2))
    member("newcomer", "企业新", world.enterprise, may_sign=False)
    remind(on=date(2026, 11, 3))
    assert told()[("newcomer", "30")] == 1
    assert told()[("owner", "30")] == 1


def test_approvers_are_told_of_a_decision_that_is_due(world, case):
    application = place_in(world, case.application, "accepted", on=GRANTED)
    Application.objects.filter(pk=application.pk).update(due_on=date(2026, 9, 14))
    assert remind(on=date(2026, 9, 8)) == 0
    remind(on=date(2026, 9, 9))
    assert told("decision") == {("approver", "3"): 1, ("approver2", "3"): 1}
    remind(on=date(2026, 9, 15))
    assert told("decision")[("approver", "overdue")] == 1


def test_a_paused_decision_reminds_nobody(world, case):
    application = place_in(world, case.application, "accepted", on=GRANTED)
    Application.objects.filter(pk=application.pk).update(due_on=date(2026, 9, 14), paused_on=date(2026, 9, 2))
    assert remind(on=date(2026, 9, 20)) == 0


def test_reminders_stand_in_the_chain_of_events(world, permit):
    remind(on=date(2026, 11, 2))
    assert not verify_chain(permit.project)


def test_a_reminder_that_fails_keeps_nobody_else_waiting(world, permit, case, monkeypatch):
    from approvals.services import reminders

    place_in(world, case.application, "accepted", on=GRANTED)
    Application.objects.filter(pk=case.application.pk).update(due_on=date(2026, 11, 3))
    real = reminders._text
    monkeypatch.setattr(
        reminders, "_text", lambda due, stage, on: 1 / 0 if due.kind == "validity" else real(due, stage, on)
    )
    remind(on=date(2026, 11, 2))
    assert not told("validity")
    assert told("decision")
    monkeypatch.setattr(reminders, "_text", real)
    remind(on=date(2026, 11, 2))
    assert told("validity")


def test_the_task_reads_the_day(world, permit, time_machine):
    time_machine.move_to(date(2026, 11, 2))
    assert tasks.remind() > 0
    assert tasks.remind() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers")
def test_two_schedulers_tell_nobody_twice(transactional_db):
    from tests.world import build_world

    world = build_world()
    case = home_case(world)
    wants(world, "validity_remind_days", "30")
    place_in(world, make_application(case.project, world.enterprise, world.bureau, code="R07"), "granted", on=GRANTED)
    results = at_once(lambda: remind(on=date(2026, 11, 2)), lambda: remind(on=date(2026, 11, 2)))
    assert told() == {("owner", "30"): 1, ("clerk", "30"): 1}
    assert sum(results) == Reminder.objects.count() == Message.objects.filter(text__contains="提醒").count()


# duties


def test_a_granted_matter_leaves_its_duties(world, case, deliver_all):
    from approvals.services import decisions

    application = make_application(case.project, world.enterprise, world.bureau, code="R11")
    place_in(world, application, "examined", on=GRANTED)
    decisions.grant_application(application.pk, by=world.second_approver, on=GRANTED)
    deliver_all()
    deliver_all()
    duty = Obligation.objects.get()
    assert (duty.text, duty.milestone) == ("完成节能审查验收", "投入生产、使用前")


@pytest.mark.parametrize(
    ("kind", "outcome", "expected"),
    [
        ("energy", "exempt", ["energy-platform", "energy-standards"]),
        ("energy", "provincial", []),
        ("eia", "not_subject", ["pollution-permit-class"]),
    ],
)
def test_a_determination_leaves_its_duties(kind, outcome, expected):
    assert [duty.code for duty in duties_after_determination(kind, outcome, GRANTED)] == expected


def test_no_duty_before_the_first_edition():
    assert duties_after_determination("energy", "exempt", date(2025, 8, 31)) == []


@pytest.fixture
def duty(case) -> Obligation:
    (made,) = obligations.impose_duties(
        case.project.pk,
        duties_after_determination("eia", "not_subject", GRANTED),
        source="determination:eia",
        on=GRANTED,
    )
    return made


def test_a_duty_is_fulfilled_with_evidence(world, duty, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(GuardFailed) as refusal:
        obligations.fulfil(duty.pk, by=world.owner, on=GRANTED, fulfilled_on=date(2026, 8, 31))
    assert [blocker.code for blocker in refusal.value.blockers] == ["evidence-missing", "date-wrong"]
    paper = SimpleUploadedFile("登记回执.pdf", b"%PDF-1.7 sample", content_type="application/pdf")
    done = obligations.fulfil(duty.pk, by=world.owner, on=GRANTED, fulfilled_on=GRANTED, file=paper)
    assert (done.is_open, done.evidence.original_name) == (False, "登记回执.pdf")
    with pytest.raises(WrongState):
        obligations.fulfil(duty.pk, by=world.owner, on=GRANTED, fulfilled_on=GRANTED, note="回执编号1")


@pytest.mark.parametrize("who", ["approver", "lead", "supervisor", "stranger"])
def test_others_cannot_fulfil_it(world, duty, who):
    with pytest.raises(NotYours):
        obligations.fulfil(duty.pk, by=getattr(world, who), on=GRANTED, fulfilled_on=GRANTED, note="回执编号1")


def test_what_it_followed_from_takes_it_along(world, case, duty):
    assert obligations.drop_duties(case.project.pk, source="determination:eia", on=GRANTED) == 1
    duty.refresh_from_db()
    assert not duty.is_open
    again = obligations.impose_duties(
        case.project.pk,
        duties_after_determination("eia", "not_subject", GRANTED),
        source="determination:eia",
        on=GRANTED,
    )
    assert len(again) == 1


def test_a_supervisor_demands_something_by_a_day_and_people_are_reminded(world, case):
    due_on = date(2026, 9, 20)
    stated = {"text": "补报能源消费数据", "basis": "国家发展改革委令2025年第31号第二十条", "due_on": due_on}
    with pytest.raises(NotYours):
        obligations.demand(case.project.pk, by=world.approver, on=GRANTED, **stated)
    obligations.demand(case.project.pk, by=world.supervisor, on=GRANTED, **stated)
    wants(world, "duty_remind_days", "7,1")
    for day in days(GRANTED, date(2026, 9, 25)):
        remind(on=day)
    assert {stage for _person, stage in told("obligation")} == {"7", "1", "overdue"}
