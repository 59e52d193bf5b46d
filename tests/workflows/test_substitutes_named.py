"""Who is ill cannot name a substitute: his head or an administrator does, with a reason; and four eyes stay four."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.accounts.models import Substitution
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Event, Matter, Message, Recommendation
from approvals.rules.days import in_chinese
from approvals.selectors.absences import people_under
from approvals.selectors.history import lines
from approvals.services import decisions
from approvals.services.substitutions import end_substitution, name_substitute
from tests.cases import home_case
from tests.handling import make_head, place_in
from tests.workflows.conftest import TODAY
from tests.workflows.test_substitutes import AGREEMENT, LAST, draft, fresh, sign_in
from workflows.alignment import align_application
from workflows.completion import claim, complete_task, release
from workflows.inbox import mine, of_my_group, tasks_open_to

ILL = {"from_on": TODAY, "until_on": LAST, "reason": "因病住院"}


@pytest.fixture
def head(world):
    return make_head(world)


@pytest.fixture
def zone_head(world):
    world.lead.appointments.update(is_head=True)
    return world.lead


def name(absent, substitute, by, **more) -> Substitution:
    return name_substitute(fresh(absent), by=fresh(by), on=TODAY, substitute=fresh(substitute), **(ILL | more))


def test_the_head_names_one_for_a_colleague_and_the_record_names_all_three(journey, world, zone_head):
    journey.intake()
    name(world.handler, world.other_handler, zone_head)
    item = mine(fresh(world.other_handler), on=TODAY).get()
    complete_task(item.pk, by=world.other_handler, on=TODAY, act=draft(journey.project, by=world.other_handler))

    named, done = Event.objects.get(kind="substitution.named"), Event.objects.get(kind="agreement.drafted")
    assert (named.by, named.facts["absent"], named.facts["to"]) == (zone_head, "代办张", "代办李")
    assert named.facts["reason"] == "因病住院"
    assert lines([done])[0].who == "代办李（代 代办张）"
    assert AGREEMENT["content"] == journey.project.agreement.content


def test_an_administrator_names_one_in_his_area(world):
    assert name(world.approver, world.second_approver, world.administrator).named_by == world.administrator


@pytest.mark.parametrize("who", ["second_approver", "lead", "supervisor", "owner", "energy_approver"])
def test_nobody_else_names_one_for_a_colleague(world, who):
    with pytest.raises(NotYours):
        name(world.approver, world.second_approver, getattr(world, who))
    assert not Substitution.objects.exists()


def test_the_head_of_another_office_and_one_whose_time_is_over_name_nobody(world, head):
    with pytest.raises(NotYours):
        name(world.handler, world.other_handler, head)
    head.appointments.update(until_on=TODAY.replace(day=1, month=8))
    with pytest.raises(NotYours):
        name(world.approver, world.second_approver, head)
    assert not people_under(fresh(head), on=TODAY).exists()


def test_without_a_reason_nobody_is_named_for_another_and_every_fault_is_told(world, head):
    with pytest.raises(GuardFailed) as refusal:
        name(world.approver, world.handler, head, reason=" ")
    assert [blocker.code for blocker in refusal.value.blockers] == ["not-equal", "reason"]
    assert not Event.objects.filter(kind="substitution.named").exists()


@pytest.mark.parametrize("ender", ["approver", "head", "administrator"])
def test_the_absent_person_his_head_and_an_administrator_each_end_it_early(world, head, ender):
    made = name(world.approver, world.second_approver, head)
    for stranger in (world.second_approver, world.handler, world.owner):
        with pytest.raises(NotYours):
            end_substitution(made.pk, by=fresh(stranger), on=TODAY)
    end_substitution(made.pk, by=fresh(getattr(world, ender)), on=TODAY)
    made.refresh_from_db()
    assert (made.ended_on, made.ended_by) == (TODAY, getattr(world, ender))
    assert Event.objects.get(kind="substitution.ended").by == getattr(world, ender)


# Four eyes


@pytest.fixture
def reviewing(world, head):
    """The examiner's recommendation waits; a colleague has taken the review and falls ill."""
    Matter.objects.update(prerequisites=[])
    application = place_in(world, home_case(world).application, "examined", on=TODAY)
    align_application(application)
    item = tasks_open_to(world.second_approver, on=TODAY).get(step="decide_application")
    claim(item.pk, by=world.second_approver, on=TODAY)
    return application, item


def test_who_recommended_never_decides_as_the_reviewers_substitute(world, head, reviewing):
    application, item = reviewing
    name(world.second_approver, world.approver, head)
    examiner = fresh(world.approver)
    assert not tasks_open_to(examiner, on=TODAY).filter(pk=item.pk).exists()
    for act in (
        lambda: decisions.grant_application(application.pk, by=examiner, on=TODAY),
        lambda: decisions.return_to_examination(application.pk, by=examiner, on=TODAY, reason="再看"),
    ):
        with pytest.raises(NotYours):
            act()
        with pytest.raises(WrongState):
            complete_task(item.pk, by=examiner, on=TODAY, act=lambda _item, act=act: act())
    assert not Event.objects.filter(kind="application.granted").exists()


def test_what_was_examined_for_the_absent_colleague_is_not_decided_by_the_same_hand(world, head, reviewing):
    """He examines as a substitute; deciding that for another absent colleague is still his own recommendation."""
    application, _item = reviewing
    Recommendation.objects.update(made_by=world.second_approver)
    name(world.approver, world.second_approver, head)
    with pytest.raises(NotYours):
        decisions.grant_application(application.pk, by=fresh(world.second_approver), on=TODAY)


def test_another_colleague_decides_as_substitute_and_it_says_for_whom(world, head, reviewing):
    application, item = reviewing
    name(world.second_approver, head, world.administrator)
    decider = fresh(head)
    complete_task(
        item.pk,
        by=decider,
        on=TODAY,
        act=lambda _item: decisions.grant_application(application.pk, by=decider, on=TODAY),
    )
    granted = Event.objects.get(kind="application.granted")
    assert (granted.by, granted.facts["on_behalf_of"]["name"]) == (head, "审批钱")


def test_what_the_substitute_may_not_do_the_head_puts_back_for_a_third(world, head, reviewing):
    _application, item = reviewing
    with pytest.raises(WrongState):
        release(item.pk, by=fresh(head), on=TODAY)  # nobody is away yet
    name(world.second_approver, world.approver, head)
    with pytest.raises(WrongState):
        release(item.pk, by=fresh(world.approver), on=TODAY)  # standing in is not heading
    release(item.pk, by=fresh(head), on=TODAY)
    assert of_my_group(fresh(head), on=TODAY).filter(pk=item.pk).exists()
    taken = Event.objects.get(kind="task.taken_back")
    assert (taken.by, taken.facts["held_by"]) == (head, "审批钱")


# Pages


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def test_the_head_names_and_ends_on_the_page(client, world, head, today):
    sign_in(client, head)
    address = f"{reverse('approvals:away')}?for={world.approver.pk}"
    assert "为 审批赵 指定代办人员" in client.get(address).content.decode()
    typed = {"substitute": world.second_approver.pk, "from_on": TODAY, "until_on": LAST}
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"reason": "因病住院"}).status_code == 302
    made = Substitution.objects.get()
    assert (made.absent, made.named_by) == (world.approver, head)
    sign_in(client, world.approver)
    assert "由 局长卫 指定" in client.get(reverse("workflows:inbox")).content.decode()
    sign_in(client, head)
    assert client.post(reverse("approvals:back", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.ended_by == head


def test_whose_head_one_is_not_he_does_not_exist_there(client, world, head, today):
    made = name(world.approver, world.second_approver, head)
    for user, colleague in ((head, world.handler), (world.second_approver, world.approver), (head, head)):
        sign_in(client, user)
        assert client.get(f"{reverse('approvals:away')}?for={colleague.pk}").status_code == 404
    sign_in(client, world.handler)
    assert client.post(reverse("approvals:back", args=[made.pk])).status_code == 404


def test_both_are_told_and_whoever_said_so_knows(client, world, zone_head, deliver_all):
    made = name(world.handler, world.other_handler, zone_head)
    deliver_all()
    told = dict(Message.objects.values_list("recipient__name", "text"))
    period = f"{in_chinese(TODAY)}至{in_chinese(LAST)}"
    assert told == {
        "代办李": f"{period}由您代代办张办理，其任务会出现在您的待办中，记录注明代办。",
        "代办张": f"{period}已指定代办李代您办理。",
    }
    sign_in(client, world.other_handler)
    assert "由您代代办张办理" in client.get(reverse("approvals:messages")).content.decode()
    unread = Message.objects.get(recipient=world.other_handler)
    assert client.post(reverse("approvals:message-read", args=[unread.pk])).url == reverse("approvals:messages")
    unread.refresh_from_db()
    assert unread.read_at is not None

    end_substitution(made.pk, by=fresh(world.handler), on=TODAY)
    deliver_all()
    assert list(Message.objects.filter(text__contains="已经结束").values_list("recipient__name", flat=True)) == [
        "代办李"
    ]
