"""Several tasks at once from two sides, on PostgreSQL: no deadlock, and each row has one result that is true."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from approvals.accounts.models import Role, User
from approvals.errors import WrongState
from approvals.models import Event, Message
from approvals.services.projects import accept_intake
from approvals.services.substitutions import name_substitute
from tests.concurrency import at_once, losers
from tests.workflows.conftest import TODAY
from tests.workflows.test_inbox import registered
from tests.workflows.test_substitutes import draft
from tests.world import person
from workflows import bulk, inbox
from workflows.completion import claim, complete_task, release, transfer
from workflows.models import WorkItem

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once"),
]
ROWS = 4


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def crowd(committed_world, deliver_all):
    """The county with a third handler, and four tasks that any of them may take."""
    third = person("handler3", "代办孙", Role.HANDLER, committed_world.zone)
    return committed_world, third, registered(committed_world, deliver_all, ROWS)


@pytest.fixture
def held(crowd):
    """All four are the handler's."""
    w, third, items = crowd
    bulk.claim_all(items, by=w.handler, on=TODAY)
    return w, third, items


def done(results: object) -> set[int]:
    assert isinstance(results, list), results
    return {result.item.pk for result in results if not result.refusal}


def owners() -> Counter[str]:
    rows = WorkItem.objects.filter(is_open=True).exclude(step="").select_related("owner")
    return Counter(str(item.owner or "") for item in rows)


def count(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def test_released_from_two_windows_in_opposite_order_each_is_released_once(held):
    w, _third, items = held
    one, other = at_once(
        lambda: bulk.release_all(items, by=fresh(w.handler), on=TODAY),
        lambda: bulk.release_all(reversed(items), by=fresh(w.handler), on=TODAY),
    )
    assert done(one) | done(other) == {item.pk for item in items}
    assert done(one).isdisjoint(done(other))
    assert (count("task.released"), owners()) == (ROWS, Counter({"": ROWS}))


def test_transferred_to_two_colleagues_in_opposite_order_each_has_one_of_them(held):
    w, third, items = held
    one, other = at_once(
        lambda: bulk.transfer_all(items, by=fresh(w.handler), on=TODAY, to=w.other_handler),
        lambda: bulk.transfer_all(reversed(items), by=fresh(w.handler), on=TODAY, to=third),
    )
    assert done(one).isdisjoint(done(other))
    assert len(done(one)) + len(done(other)) == count("task.transferred") == ROWS
    assert owners() == Counter({"代办李": len(done(one)), "代办孙": len(done(other))}) - Counter()


def test_reminded_by_two_in_opposite_order_each_person_is_told_once_of_each(held):
    w, _third, items = held
    one, other = at_once(
        lambda: bulk.remind_all(items, by=fresh(w.lead), on=TODAY),
        lambda: bulk.remind_all(reversed(items), by=fresh(w.supervisor), on=TODAY),
    )
    assert done(one) | done(other) == {item.pk for item in items}
    assert done(one).isdisjoint(done(other))
    assert count("task.reminded") == Message.objects.filter(event__kind="task.reminded").count() == ROWS


def test_released_while_a_colleague_takes_them_no_row_is_lost_or_taken_twice(held):
    """Whoever takes a row before it is released is told; whoever is after gets it."""
    w, _third, items = held
    one, other = at_once(
        lambda: bulk.release_all(items, by=fresh(w.handler), on=TODAY),
        lambda: bulk.claim_all(reversed(items), by=fresh(w.other_handler), on=TODAY),
    )
    assert done(one) == {item.pk for item in items}
    assert owners() == Counter({"代办李": len(done(other)), "": ROWS - len(done(other))}) - Counter()


def test_of_two_substitutes_who_claim_one_task_one_has_it(crowd):
    w, third, items = crowd
    for number, substitute in enumerate((w.other_handler, third)):
        absent = person(f"absent{number}", f"外出{number}", Role.HANDLER, w.zone)
        name_substitute(absent, by=absent, on=TODAY, substitute=substitute, from_on=TODAY, until_on=TODAY)
    (loser,) = losers(
        at_once(
            lambda: claim(items[0].pk, by=fresh(w.other_handler), on=TODAY),
            lambda: claim(items[0].pk, by=fresh(third), on=TODAY),
        )
    )
    assert isinstance(loser, WrongState)
    (event,) = Event.objects.filter(kind="task.claimed")
    assert WorkItem.objects.get(pk=items[0].pk).owner == event.by
    assert "on_behalf_of" not in event.facts, "what nobody held he takes for himself"


def test_claimed_while_it_is_handed_over_it_ends_with_one_owner_and_the_record_says_which(crowd):
    w, third, items = crowd
    pk = items[0].pk
    claimed, handed = at_once(
        lambda: claim(pk, by=fresh(third), on=TODAY),
        lambda: transfer(pk, by=fresh(w.handler), on=TODAY, to=w.other_handler),
    )
    (loser,) = losers([claimed, handed])
    assert isinstance(loser, WrongState)
    owner = WorkItem.objects.get(pk=pk).owner
    assert owner == (w.other_handler if claimed is loser else third)
    assert count("task.claimed") + count("task.transferred") == 1


def test_handed_over_and_released_at_once_it_is_the_colleagues(held):
    """Released first it is the group's, out of which anybody hands it on; handed over first it is hers no more."""
    w, _third, items = held
    pk = items[0].pk
    results = at_once(
        lambda: release(pk, by=fresh(w.handler), on=TODAY),
        lambda: transfer(pk, by=fresh(w.handler), on=TODAY, to=w.other_handler),
    )
    assert WorkItem.objects.get(pk=pk).owner == w.other_handler
    assert all(isinstance(loser, WrongState) for loser in losers(results))
    assert (count("task.released"), count("task.transferred")) == (1 - len(losers(results)), 1)


def test_the_substitute_and_the_one_who_is_back_do_it_once(crowd, deliver_all):
    w, _third, items = crowd
    project = items[0].project
    complete_task(
        items[0].pk,
        by=w.handler,
        on=TODAY,
        act=lambda _item: accept_intake(project.pk, by=w.handler, on=TODAY, handler=w.handler, lead_official=w.lead),
    )
    deliver_all()
    name_substitute(w.handler, by=w.handler, on=TODAY, substitute=w.other_handler, from_on=TODAY, until_on=TODAY)
    pk = inbox.mine(fresh(w.handler), on=TODAY).get(project=project).pk

    def act(user: User) -> object:
        return complete_task(pk, by=user, on=TODAY, act=draft(project, by=user))

    (loser,) = losers(at_once(lambda: act(fresh(w.handler)), lambda: act(fresh(w.other_handler))))
    assert isinstance(loser, WrongState)
    event = Event.objects.get(kind="agreement.drafted")
    assert ("on_behalf_of" in event.facts) == (event.by == w.other_handler)
