"""From receipt to acceptance: told once and within five working days, or accepted by law from the day of receipt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import tasks
from approvals.accounts.models import User
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, CalendarEdition, Event, LocalParameter, SupplementProposal
from approvals.selectors.receipt_day import receipt_at
from approvals.services import materials, receipt, supplements
from tests.concurrency import at_once, losers
from tests.receiving import FIFTH, LATE, RECEIVED, answer, ask, codes, handed_in, last, named, on_the_day, reload
from tests.world import SINCE, build_world


@pytest.fixture
def submitted(world) -> Application:
    return handed_in(world)


# ── in time, and once ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", [RECEIVED, FIFTH])
def test_a_supplement_is_told_on_the_spot_or_on_the_fifth_working_day(world, submitted, on):
    ask(submitted, world.approver, on)
    assert reload(submitted).state == "supplementing"


def test_on_the_sixth_day_it_is_refused_because_the_law_has_accepted_it(world, submitted):
    with pytest.raises(GuardFailed) as refusal:
        ask(submitted, world.approver, LATE)
    assert codes(refusal) == ["notice-late"]
    assert refusal.value.blockers[0].basis == "《行政许可法》第三十二条第一款第四项"
    assert "2026年9月17日" in refusal.value.blockers[0].message
    assert reload(submitted).state == "submitted"


def test_everything_that_is_wrong_with_a_notice_is_said_at_once(world, submitted):
    with pytest.raises(GuardFailed) as refusal:
        supplements.request_supplement(
            submitted.pk,
            by=world.approver,
            on=LATE,
            items=[{"material": "村委会证明", "problem": "缺"}, *named(submitted, problem=" ")],
        )
    assert codes(refusal) == ["notice-late", "material-unknown", "problem-missing"]


def test_a_second_notice_is_refused(world, submitted):
    ask(submitted, world.approver)
    answer(submitted, world.owner, on=date(2026, 9, 28))
    with pytest.raises(GuardFailed) as refusal:
        ask(submitted, world.approver, on=date(2026, 9, 28))
    assert codes(refusal) == ["second-notice"]


@pytest.fixture
def answered(world, submitted) -> Application:
    ask(submitted, world.approver)
    return answer(submitted, world.owner, on=date(2026, 9, 28))


NEW_FACT = "补正的图纸与原申请表面积不一致"


def propose(application: Application, by: User, on: date, new_fact: str = NEW_FACT) -> SupplementProposal:
    return supplements.propose_second_notice(
        application.pk, by=by, on=on, items=named(application, "面积不一致"), new_fact=new_fact
    )


def test_a_second_notice_names_its_new_fact(world, answered):
    with pytest.raises(GuardFailed) as refusal:
        propose(answered, world.approver, date(2026, 9, 28), new_fact="  ")
    assert codes(refusal) == ["new-fact-missing"]


def test_a_first_notice_is_not_proposed_as_a_second(world, submitted):
    with pytest.raises(GuardFailed) as refusal:
        propose(submitted, world.approver, RECEIVED)
    assert codes(refusal) == ["first-notice"]


def test_whoever_proposes_a_second_notice_does_not_consent_to_it(world, answered):
    propose(answered, world.approver, date(2026, 9, 28))
    with pytest.raises(NotYours):
        supplements.decide_second_notice(answered.pk, by=world.approver, on=date(2026, 9, 28), consented=True)
    assert reload(answered).state == "submitted"


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor", "energy_approver", "administrator"])
def test_only_a_colleague_of_the_department_consents(world, answered, who):
    propose(answered, world.approver, date(2026, 9, 28))
    with pytest.raises(NotYours):
        supplements.decide_second_notice(answered.pk, by=getattr(world, who), on=date(2026, 9, 28), consented=True)


def test_with_a_colleagues_consent_it_is_sent_with_its_new_fact(world, answered):
    propose(answered, world.approver, date(2026, 9, 28))
    supplements.decide_second_notice(answered.pk, by=world.second_approver, on=date(2026, 9, 29), consented=True)
    notice = answered.supplement_notices.last()
    assert reload(answered).state == "supplementing"
    assert (notice.issued_by, notice.consented_by) == (world.approver, world.second_approver)
    assert notice.new_fact == NEW_FACT


def test_without_consent_it_waits_for_its_acceptance(world, answered):
    propose(answered, world.approver, date(2026, 9, 28))
    with pytest.raises(GuardFailed) as refusal:
        supplements.decide_second_notice(answered.pk, by=world.second_approver, on=date(2026, 9, 28), consented=False)
    assert codes(refusal) == ["reason-missing"]
    supplements.decide_second_notice(
        answered.pk, by=world.second_approver, on=date(2026, 9, 28), consented=False, remark="首次即可发现"
    )
    assert reload(answered).state == "submitted"
    assert answered.supplement_notices.count() == 1


def test_consent_after_the_fifth_day_is_too_late(world, answered):
    propose(answered, world.approver, date(2026, 9, 28))
    after = date(2026, 10, 13)
    with pytest.raises(GuardFailed) as refusal:
        supplements.decide_second_notice(answered.pk, by=world.second_approver, on=after, consented=True)
    assert codes(refusal) == ["notice-late"]


def test_a_second_proposal_waits_for_the_first(world, answered):
    propose(answered, world.approver, date(2026, 9, 28))
    with pytest.raises(WrongState):
        propose(answered, world.second_approver, date(2026, 9, 28))


# ── what can be changed, and what was ────────────────────────────────────────────────────────────────────────────


def test_only_the_named_materials_can_be_changed_while_supplementing(world, submitted):
    ask(submitted, world.approver)
    other = submitted.materials.all()[1]
    with pytest.raises(GuardFailed) as refusal:
        materials.hand_in_material(other.pk, by=world.owner, on=RECEIVED, on_paper=True)
    assert codes(refusal) == ["not-named"]
    assert other.versions.count() == 1


def test_what_was_sent_back_stays_to_be_read(world, answered):
    material = answered.materials.all()[0]
    numbers = list(material.versions.values_list("number", "note", "notice"))
    notice = answered.supplement_notices.get()
    assert numbers == [(1, "", None), (2, "补正", notice.pk)]


# ── accepted by law ──────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_accepted_by_law_while_the_fifth_day_lasts(submitted):
    with on_the_day(FIFTH):
        assert tasks.follow_receipts() == 0
    assert reload(submitted).state == "submitted"


def test_the_day_after_it_is_accepted_from_the_day_of_receipt(submitted):
    with on_the_day(LATE):
        assert tasks.follow_receipts() == 1
    accepted, event = reload(submitted), last("application.accepted")
    assert (accepted.state, accepted.accepted_on, accepted.accepted_by) == ("accepted", RECEIVED, None)
    assert accepted.accepted_by_law is True
    assert event.by is None
    assert (event.facts["on"], event.facts["recorded_on"], event.facts["by_law"]) == (
        "2026-09-17",
        "2026-09-24",
        True,
    )


def test_a_scheduler_that_was_off_for_nine_days_dates_each_from_its_receipt_and_once(world):
    days = [RECEIVED, RECEIVED + timedelta(days=1), RECEIVED + timedelta(days=4)]
    rows = [handed_in(world, received_on=day) for day in days]
    with on_the_day(LATE + timedelta(days=9)):
        assert tasks.follow_receipts() == 3
        assert tasks.follow_receipts() == 0
    assert [reload(row).accepted_on for row in rows] == days
    assert Event.objects.filter(kind="application.accepted").count() == 3


def test_a_message_that_comes_twice_accepts_once(submitted):
    assert receipt.accept_by_law(submitted.pk, on=LATE) is not None
    assert receipt.accept_by_law(submitted.pk, on=LATE) is None
    assert Event.objects.filter(kind="application.accepted").count() == 1


def test_one_that_fails_does_not_keep_the_others_waiting(world, submitted, monkeypatch):
    second = handed_in(world)
    real = receipt.accept_by_law

    def failing(pk: int, *, on: date) -> object:
        if pk == submitted.pk:
            raise RuntimeError("the calendar is being changed")
        return real(pk, on=on)

    monkeypatch.setattr(tasks, "accept_by_law", failing)
    with on_the_day(LATE):
        assert tasks.follow_receipts() == 1
    assert reload(second).state == "accepted"


def test_whoever_accepts_late_finds_it_accepted_since_its_receipt(world, submitted):
    accepted = receipt.accept_application(submitted.pk, by=world.approver, on=LATE)
    assert (accepted.accepted_on, accepted.accepted_by, accepted.accepted_by_law) == (RECEIVED, None, True)
    assert last("application.accepted").by is None


def test_a_day_of_a_year_without_a_calendar_decides_nothing_yet(submitted):
    CalendarEdition.objects.filter(year=2026).delete()
    with on_the_day(LATE + timedelta(days=30)):
        assert tasks.follow_receipts() == 0


def test_after_an_answer_the_days_begin_anew(world, answered):
    """Received again on Monday 28 September; the National Day holidays do not count."""
    with on_the_day(date(2026, 10, 10)):
        assert tasks.follow_receipts() == 0
    with on_the_day(date(2026, 10, 11)):
        assert tasks.follow_receipts() == 1
    assert reload(answered).accepted_on == date(2026, 9, 28)


def test_finding_them_costs_the_same_however_many_they_are(world):
    from approvals.selectors.receipt import accepted_by_law

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            accepted_by_law(on=LATE)
        return len(captured)

    handed_in(world)
    accepted_by_law(on=LATE)  # reads the calendar, which is kept
    few = cost()
    for _ in range(4):
        handed_in(world)
    assert cost() == few


# ── the applicant's own time ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ten_days(world) -> None:
    LocalParameter.objects.create(
        code="supplement_answer_working_days", organisation=world.province, value="10", source="测试", from_on=SINCE
    )


def test_without_a_local_number_no_day_is_invented(world, submitted):
    ask(submitted, world.approver)
    assert submitted.supplement_notices.get().answer_due_on is None
    with on_the_day(date(2026, 12, 1)):
        assert tasks.follow_receipts() == 0


def test_the_applicant_is_reminded_once_and_told_once_that_it_lapsed(world, ten_days, submitted):
    ask(submitted, world.approver)
    assert submitted.supplement_notices.get().answer_due_on == date(2026, 10, 8)
    happened = {}
    for day in (date(2026, 9, 24), date(2026, 9, 28), date(2026, 10, 8), date(2026, 10, 9)):
        with on_the_day(day):
            happened[day.isoformat()] = (tasks.follow_receipts(), tasks.follow_receipts())
    assert happened == {"2026-09-24": (0, 0), "2026-09-28": (1, 0), "2026-10-08": (0, 0), "2026-10-09": (1, 0)}
    kinds = Event.objects.filter(kind__startswith="application.supplement_").values_list("kind", flat=True)
    assert list(kinds) == [
        "application.supplement_requested",
        "application.supplement_due_soon",
        "application.supplement_lapsed",
    ]


def test_nothing_happens_by_letting_the_time_lapse(world, ten_days, submitted):
    ask(submitted, world.approver)
    with on_the_day(date(2026, 12, 1)):
        tasks.follow_receipts()
    assert reload(submitted).state == "supplementing"
    assert answer(submitted, world.owner, on=date(2026, 12, 1)).state == "submitted"


# ── at the same moment ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_a_notice_and_the_law_have_one_winner():
    """A notice of the fifth day that is still being written when the sixth begins."""
    world = build_world()
    for _ in range(3):
        submitted = handed_in(world)
        approver, items = User.objects.get(pk=world.approver.pk), named(submitted)
        results = at_once(
            partial(supplements.request_supplement, submitted.pk, by=approver, on=FIFTH, items=items),
            partial(receipt.accept_by_law, submitted.pk, on=LATE),
        )
        state = reload(submitted).state
        notices = submitted.supplement_notices.count()
        assert (state, notices) in {("accepted", 0), ("supplementing", 1)}
        assert [type(fault) for fault in losers(results)] == ([WrongState] if state == "accepted" else [])
        kinds = Event.objects.filter(subject_type="application", subject_id=submitted.pk).values_list("kind", flat=True)
        assert len({"application.accepted", "application.supplement_requested"} & set(kinds)) == 1


# ── after hours ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("hour", "last_day"), [("17:59", FIFTH), ("18:00", FIFTH), ("18:01", date(2026, 9, 24))])
def test_what_came_after_hours_is_counted_from_the_next_working_day(world, hour, last_day):
    LocalParameter.objects.create(
        code="office_closes_at", organisation=world.county, value="18:00", source="测试", from_on=SINCE
    )
    submitted = handed_in(world)
    at = datetime.fromisoformat(f"2026-09-17T{hour}+08:00")
    received_on = receipt_at(submitted.department, at).day
    Application.objects.filter(pk=submitted.pk).update(received_at=at, received_on=received_on)
    with on_the_day(last_day):
        assert tasks.follow_receipts() == 0
    with on_the_day(last_day + timedelta(days=1)):
        assert tasks.follow_receipts() == 1
    assert reload(submitted).accepted_on == received_on
