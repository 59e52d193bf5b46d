"""The inbox: news since one looked, tasks put aside, several at once, phrases; and a bounded number of statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals import events
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Event, Message, Project
from approvals.services.substitutions import name_substitute
from tests.cases import make_application
from tests.concurrency import at_once
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.workflows.conftest import LINE, TODAY
from workflows import bulk, inbox
from workflows.actions import ACTIONS
from workflows.due import due_soon_until
from workflows.models import Phrase, Seen, WorkItem
from workflows.phrases import FIELDS, PROBLEM, add_phrase, phrases_for
from workflows.reminding import remind
from workflows.seen import note_seen, with_news
from workflows.shelf import on_the_shelf, shelve, unshelve
from workflows.supervision import supervised_items
from workflows.views.inbox import scopes_of

FAR = TODAY + timedelta(days=60)


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def registered(world, deliver_all, count: int) -> list[WorkItem]:
    for number in range(count):
        journey = Journey(world, deliver_all)
        journey.register(f"示例批量项目{number}", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    return list(inbox.of_my_group(world.handler, on=TODAY))


@pytest.fixture
def own(journey, world) -> WorkItem:
    """The handler's own task, due in two months."""
    journey.intake()
    item = inbox.mine(world.handler, on=TODAY).get()
    item.due_on = FAR
    item.save()
    return item


# Statements


@pytest.mark.parametrize("scope", ["mine", "group", "shelved", "all"])
def test_the_inbox_takes_at_most_eight_statements(client, world, deliver_all, today, scope):
    items = registered(world, deliver_all, 4)
    for item in items[:3]:
        inbox_claim(item, world.handler)
    url = f"{reverse('workflows:inbox')}?scope={scope}"
    sign_in(client, world.handler)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    assert len(captured) <= 8, [query["sql"][:120] for query in captured]


def inbox_claim(item, user):
    bulk.claim_all([item], by=user, on=TODAY)


def test_a_long_list_has_pages_without_counting_it(client, world, deliver_all, today, monkeypatch):
    monkeypatch.setattr("workflows.views.inbox.PAGE_SIZE", 2)
    registered(world, deliver_all, 5)
    sign_in(client, world.handler)
    url = f"{reverse('workflows:inbox')}?scope=group"
    first, last = client.get(url), client.get(f"{url}&page=3")
    assert (len(first.context["rows"]), first.context["has_next"]) == (2, True)
    assert (len(last.context["rows"]), last.context["has_next"]) == (1, False)
    assert client.get(f"{url}&page=-1").context["number"] == 1


def test_counts_stop_at_their_cap(world, deliver_all, monkeypatch):
    monkeypatch.setattr(inbox, "COUNTED", 2)
    registered(world, deliver_all, 3)
    scopes = scopes_of(world.handler, TODAY, TODAY)
    assert inbox.capped_counts({name: items for name, (_label, items) in scopes.items()}) == {
        "mine": 0,
        "group": 2,
        "shelved": 0,
        "all": 2,
    }


# News


def news(user, item) -> tuple[bool, bool]:
    """Never opened, and changed by others since."""
    row = with_news(inbox.open_items(), user).get(pk=item.pk)
    return row.seen is None, row.has_news


def act(project: Project, user, kind="project.facts_changed", subject=None):
    with transaction.atomic():
        events.emit(kind, subject or project, by=user, project=project, changed=["capacity"])


def test_a_row_has_news_when_somebody_else_has_acted_since_i_looked(own, journey, world):
    assert news(world.handler, own) == (True, True)
    note_seen(own, world.handler)
    assert news(world.handler, own) == (False, False)
    act(journey.project, world.handler)
    assert news(world.handler, own) == (False, False), "what one did oneself is no news"
    act(journey.project, world.owner)
    assert news(world.handler, own) == (False, True)
    assert news(world.other_handler, own)[0], "everybody has eyes of his own"


def test_quiet_events_and_the_neighbours_news_are_no_news(own, journey, world):
    note_seen(own, world.handler)
    act(journey.project, None, kind="document.issued")
    act(journey.project, world.lead, kind="task.claimed")
    neighbour = make_application(journey.project, world.enterprise, world.bureau)
    act(journey.project, world.owner, kind="application.submitted", subject=neighbour)
    assert news(world.handler, own) == (False, False)


def test_opening_a_task_notes_it_once_and_the_list_says_so_in_a_word(client, own, journey, world, today):
    sign_in(client, world.handler)
    page = client.get(reverse("workflows:inbox")).content.decode()
    assert "未读" in page
    assert "row--news" in page
    assert not Seen.objects.exists(), "a list never writes"
    for _time in range(2):
        client.get(reverse("workflows:task", args=[own.pk]))
    assert Seen.objects.get().user == world.handler
    assert "row--news" not in client.get(reverse("workflows:inbox")).content.decode()
    act(journey.project, world.owner)
    assert "有更新" in client.get(reverse("workflows:inbox")).content.decode()


def test_opening_a_task_again_writes_nothing(client, own, world, today):
    sign_in(client, world.handler)
    url = reverse("workflows:task", args=[own.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert not [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


# Put aside


def lists(user, on=TODAY, soon=None) -> dict[str, set[int]]:
    scopes = scopes_of(user, on, soon or due_soon_until(on))
    return {name: {item.pk for item in items} for name, (_label, items) in scopes.items()}


def put_aside(item, user, **more):
    shelve(item.pk, by=user, on=TODAY, soon_until=due_soon_until(TODAY), **{"until_on": TODAY + timedelta(30)} | more)


def test_a_task_put_aside_leaves_ones_own_list_and_nothing_else(own, world):
    put_aside(own, world.handler)
    found = lists(world.handler)
    assert (own.pk in found["mine"], own.pk in found["shelved"], own.pk in found["all"]) == (False, True, True)
    assert supervised_items(world.supervisor, on=TODAY).filter(pk=own.pk).exists()
    assert inbox.tasks_open_to(world.handler, on=TODAY).filter(pk=own.pk).exists(), "it can be done all the time"
    own.refresh_from_db()
    assert own.due_on == FAR


@pytest.mark.parametrize(("days", "aside"), [(0, True), (29, True), (30, False), (31, False)])
def test_it_comes_back_on_its_day(own, world, days, aside):
    put_aside(own, world.handler)
    day = TODAY + timedelta(days=days)
    assert (own.pk in lists(world.handler, day, day)["shelved"]) is aside


def test_it_comes_back_by_itself_when_its_limit_draws_near(own, world):
    put_aside(own, world.handler)
    own.due_on = due_soon_until(TODAY)
    own.save()
    assert own.pk in lists(world.handler)["mine"]
    own.due_on = TODAY - timedelta(days=1)
    own.save()
    assert own.pk in lists(world.handler)["mine"]


def test_it_comes_back_when_the_matter_it_waits_for_is_granted(own, journey, world):
    put_aside(own, world.handler, awaits="R04")
    waiting = make_application(journey.project, world.enterprise, world.bureau, code="R04", state="accepted")
    assert own.pk in lists(world.handler)["shelved"]
    waiting.delete()
    make_application(journey.project, world.enterprise, world.bureau, code="R04", state="granted")
    assert own.pk in lists(world.handler)["mine"]


def test_what_is_due_soon_cannot_be_put_aside(own, world):
    own.due_on = TODAY
    own.save()
    with pytest.raises(GuardFailed) as refusal:
        put_aside(own, world.handler, until_on=TODAY, awaits="X99")
    assert [blocker.code for blocker in refusal.value.blockers] == ["day", "due-soon", "no-such-matter"]


def test_only_ones_own_task_is_put_aside(own, world):
    for other in (world.other_handler, world.lead, world.stranger):
        with pytest.raises(NotYours):
            put_aside(own, other)


def test_a_task_handed_over_is_not_on_the_new_persons_shelf(own, world):
    put_aside(own, world.handler)
    WorkItem.objects.filter(pk=own.pk).update(owner=world.other_handler)
    assert own.pk in lists(world.other_handler)["mine"]


def test_it_is_taken_back_and_both_are_recorded(own, world):
    put_aside(own, world.handler)
    unshelve(own.pk, by=world.handler, on=TODAY)
    assert own.pk in lists(world.handler)["mine"]
    kinds = Event.objects.filter(kind__startswith="task.").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["task.shelved", "task.unshelved"]


def test_a_task_is_put_aside_and_taken_back_on_pages(client, own, world, today):
    sign_in(client, world.handler)
    url = reverse("workflows:shelve", args=[own.pk])
    client.post(url, {"until_on": ""})
    assert own.pk in lists(world.handler)["mine"]
    client.post(url, {"until_on": TODAY + timedelta(days=10), "note": "等地块"})
    page = client.get(f"{reverse('workflows:inbox')}?scope=shelved").content.decode()
    assert "等地块" in page
    client.post(reverse("workflows:unshelve", args=[own.pk]))
    assert own.pk in lists(world.handler)["mine"]


def test_the_shelf_is_a_condition_that_needs_no_rows(world):
    assert not inbox.open_items().filter(on_the_shelf(world.handler, on=TODAY, soon_until=TODAY)).exists()


# Several at once


def test_each_row_is_done_or_refused_with_its_reason(client, world, deliver_all, today):
    first, second, third = registered(world, deliver_all, 3)
    inbox_claim(second, world.other_handler)
    sign_in(client, world.handler)
    page = client.post(reverse("workflows:several"), {"do": "claim", "task": [first.pk, second.pk, third.pk, 999999]})
    outcome = {result.item.pk: result.refusal for result in page.context["results"]}
    assert outcome == {first.pk: "", second.pk: "该任务已由 代办李 认领", third.pk: ""}
    assert "已办 2 件，未办 1 件" in page.content.decode()
    assert {item.pk for item in inbox.mine(world.handler, on=TODAY)} == {first.pk, third.pk}


def test_several_are_handed_over_after_the_colleague_was_chosen(client, world, deliver_all, today):
    items = registered(world, deliver_all, 2)
    bulk.claim_all(items, by=world.handler, on=TODAY)
    sign_in(client, world.handler)
    marked = {"do": "transfer", "task": [item.pk for item in items]}
    asked = client.post(reverse("workflows:several"), marked)
    assert [person.name for person in asked.context["colleagues"]] == ["代办李"]
    stranger = client.post(reverse("workflows:several"), marked | {"to": world.approver.pk})
    assert "results" not in stranger.context
    client.post(reverse("workflows:several"), marked | {"to": world.other_handler.pk})
    assert inbox.mine(world.other_handler, on=TODAY).count() == 2


def test_a_foreign_task_among_the_marked_does_not_exist(client, world, deliver_all, today):
    items = registered(world, deliver_all, 1)
    sign_in(client, world.energy_approver)
    answer = client.post(reverse("workflows:several"), {"do": "claim", "task": [items[0].pk]})
    assert answer.status_code == 302
    assert not Event.objects.filter(kind="task.claimed").exists()
    assert client.post(reverse("workflows:several"), {"do": "delete"}).status_code == 404


def test_one_reminds_the_other_side_once_a_day_and_never_oneself(own, journey, world):
    with pytest.raises(NotYours, match="本人"):
        remind(own.pk, by=world.handler, on=TODAY)
    remind(own.pk, by=world.lead, on=TODAY)
    assert Message.objects.get(recipient=world.handler, event__kind="task.reminded").text.startswith(
        "“示例板式家具项目”"
    )
    with pytest.raises(WrongState, match="今天已催办过"):
        remind(own.pk, by=world.supervisor, on=TODAY)
    remind(own.pk, by=world.supervisor, on=TODAY + timedelta(days=1))
    with pytest.raises(NotYours):
        remind(own.pk, by=world.stranger, on=TODAY)


def test_who_stands_in_is_reminded_too(own, world):
    name_substitute(
        world.handler, by=world.handler, on=TODAY, substitute=world.other_handler, from_on=TODAY, until_on=FAR
    )
    remind(own.pk, by=world.lead, on=TODAY)
    told = Message.objects.filter(event__kind="task.reminded").values_list("recipient__name", flat=True)
    assert set(told) == {"代办张", "代办李"}


def test_a_task_of_the_group_is_told_to_all_who_may_take_it(world, deliver_all):
    (item,) = registered(world, deliver_all, 1)
    remind(item.pk, by=world.lead, on=TODAY)
    told = Message.objects.filter(event__kind="task.reminded").values_list("recipient__name", flat=True)
    assert set(told) == {"代办张", "代办李"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once")
def test_two_bulk_actions_in_opposite_order_do_not_wait_for_each_other(committed_world, deliver_all):
    items = registered(committed_world, deliver_all, 6)
    w = committed_world
    results = at_once(
        lambda: bulk.claim_all(items, by=w.handler, on=TODAY),
        lambda: bulk.claim_all(reversed(items), by=w.other_handler, on=TODAY),
    )
    done = [[result.item.pk for result in rows if not result.refusal] for rows in results]
    assert sorted(done[0] + done[1]) == sorted(item.pk for item in items), "each row has one winner"
    assert Event.objects.filter(kind="task.claimed").count() == 6


# Phrases


def test_a_department_keeps_its_own_phrases_and_is_offered_everybodys(world):
    Phrase.objects.create(kind="reason", text="材料齐全")
    own = add_phrase(by=world.approver, on=TODAY, kind="reason", department=world.bureau, text="符合法定条件")
    foreign = Phrase.objects.create(kind="reason", department=world.provincial_energy, text="能评用语")
    item = WorkItem(step="decide_commitment", department=world.bureau)
    offered = phrases_for(item)["reason"]
    assert [phrase.text for phrase in offered] == ["材料齐全", own.text]
    assert foreign not in offered
    with pytest.raises(NotYours):
        add_phrase(by=world.approver, on=TODAY, kind="reason", department=world.provincial_energy, text="越权")


def test_phrases_are_offered_at_fields_that_there_are():
    missing = [
        (step, name)
        for step, fields in FIELDS.items()
        for name in fields
        if name != PROBLEM and name not in ACTIONS[step].form.base_fields
    ]
    assert missing == []


def test_phrases_are_kept_on_a_page(client, world, today):
    sign_in(client, world.approver)
    url = reverse("workflows:phrases")
    assert "还没有常用语" in client.get(url).content.decode()
    typed = {"kind": "return", "department": world.bureau.pk, "text": "请补充依据"}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed | {"department": world.provincial_energy.pk}).status_code == 422
    phrase = Phrase.objects.get()
    sign_in(client, world.energy_approver)
    assert client.post(reverse("workflows:phrase-retire", args=[phrase.pk])).status_code == 404
    sign_in(client, world.second_approver)
    client.post(reverse("workflows:phrase-retire", args=[phrase.pk]))
    assert not Phrase.objects.get().is_active


def test_a_phrase_is_filled_in_without_scripts_and_nothing_is_done(client, journey, world, today):
    from tests.workflows.test_substitutes import notice_waits

    journey.intake()
    notice_waits(journey)
    pk, w = journey.project.pk, world
    from approvals.services import commitments

    journey.do("give_notice", w.approver, lambda: commitments.give_notice(pk, by=w.approver, on=TODAY))
    sign = lambda: commitments.sign_commitment(pk, by=w.owner, on=TODAY, letter={"statements": []})  # noqa: E731
    journey.do("sign_commitment", w.owner, sign)
    publicise = lambda: commitments.publicise_commitment(pk, by=w.approver, on=TODAY, place="网站")  # noqa: E731
    journey.do("publicise_commitment", w.approver, publicise)
    phrase = add_phrase(by=w.approver, on=TODAY, kind="reason", department=w.bureau, text="符合法定条件")
    task = inbox.tasks_open_to(w.approver, on=TODAY).get(step="decide_commitment")
    sign_in(client, w.approver)
    url = reverse("workflows:do", args=[task.pk])
    typed = {"decision": "refuse", "reason": "公示期满", "insert": f"reason:{phrase.pk}"}
    answer = client.post(url, typed)
    assert answer.status_code == 200
    assert answer.context["form"]["reason"].value() == "公示期满\n符合法定条件"
    assert answer.context["form"]["decision"].value() == "refuse"
    assert "符合法定条件" in answer.content.decode()
    assert inbox.tasks_open_to(w.approver, on=TODAY).filter(pk=task.pk).exists()
    assert client.post(url, typed | {"insert": "reason:999999"}).status_code == 404
