"""A promise in versions: an agreed change alters it from its day on, and permits on a revoked one go in one action."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, WrongState
from approvals.models import Application, Commitment, Event, Verification
from approvals.papers.promise import commitment_change, verification_record
from approvals.selectors.verifications import promises
from approvals.services.annul_promised import annul_resting
from approvals.services.commitment_changes import answer_change, ask_change
from tests.cases import TODAY, make_application
from tests.handling import make_head
from tests.parallel import build_parallel
from tests.promises import LATER, check, codes, commitment
from tests.test_access import sign_in


def wish(journey, items=LATER):
    return ask_change(
        journey.project.pk, by=journey.world.owner, on=journey.today, content="延期", reason="推迟", items=items
    )


def agree(journey, change, *, agreed=True):
    return answer_change(change.pk, by=journey.world.approver, on=journey.today, agreed=agreed, reply="理由成立")


def promised_too(journey, code: str) -> None:
    """As if it had been signed with one more matter."""
    version = commitment(journey).versions.get()
    version.items = [*version.items, {"code": code, "name": "施工图", "terms": ""}]
    version.save()
    Commitment.objects.filter(project=journey.project).update(matter_codes=version.codes)


def test_what_was_signed_is_the_first_version(granted):
    version = commitment(granted).versions.get()
    assert (version.number, version.codes, version.change) == (1, ["C02"], None)
    assert version.in_force_on == commitment(granted).pledged_on


def test_an_agreed_change_is_the_next_version_and_a_declined_one_is_none(granted):
    agree(granted, wish(granted), agreed=False)
    assert commitment(granted).versions.count() == 1
    granted.wait(3)
    change = wish(granted)
    agree(granted, change)
    version = commitment(granted).versions.last()
    assert (version.number, version.in_force_on, version.change) == (2, granted.today, change)
    assert promises(commitment(granted), on=granted.today)[0].terms == LATER[0]["terms"]
    assert Event.objects.filter(kind="commitment.change_answered").last().facts["version"] == 2


def test_a_check_is_held_against_the_version_of_its_day(granted):
    before = check(granted, [{"code": "C02", "name": "水土保持", "result": "fulfilled", "found": ""}])
    granted.wait(3)
    agree(granted, wish(granted))
    after = check(granted)
    numbers = Verification.objects.order_by("pk").values_list("version__number", flat=True)
    assert list(numbers) == [1, 2]
    paper = verification_record(Event.objects.filter(kind="commitment.verified").latest("pk"))
    assert paper["version"].startswith("第2版")
    assert (before.pk, after.pk) == tuple(Verification.objects.order_by("pk").values_list("pk", flat=True))


def test_a_dropped_matter_is_no_longer_promised_nor_checked(granted):
    promised_too(granted, "C04")
    agree(granted, wish(granted, [{"code": "C02", "terms": ""}]))
    assert commitment(granted).matter_codes == ["C02"]
    check(granted)  # of C02 alone


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([{"code": "C02", "terms": " "}], ["nothing-changed"]),
        ([], ["promise-emptied"]),
        ([*LATER, {"code": "C11", "terms": ""}], ["matter-not-promised"]),
    ],
)
def test_a_change_is_of_what_was_promised_and_changes_something(granted, items, found):
    with pytest.raises(GuardFailed) as refusal:
        wish(granted, items)
    assert codes(refusal) == found


def test_what_is_being_handled_on_the_promise_stays_promised(granted, world):
    promised_too(granted, "C04")
    only_the_other = [{"code": "C04", "terms": ""}]
    change = wish(granted, only_the_other)
    made = make_application(granted.project, world.enterprise, world.bureau, code="C02")
    Application.objects.filter(pk=made.pk).update(route="commitment")
    with pytest.raises(GuardFailed) as refusal:
        agree(granted, change)
    assert codes(refusal) == ["matter-relied-on"]
    agree(granted, change, agreed=False)
    with pytest.raises(GuardFailed):
        wish(granted, only_the_other)


def test_the_answer_on_paper_shows_old_against_new(granted):
    agree(granted, wish(granted))
    paper = commitment_change(Event.objects.get(kind="commitment.change_answered"))
    (item,) = paper["items"]
    assert (item["before"], item["after"], item["dropped"]) == ("", LATER[0]["terms"], False)
    assert paper["version"] == "第2版"


# ── revoked: what rests on it ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def resting(world) -> list[Application]:
    """Two permits of the bureau and one of forestry, granted on a promise that has been revoked."""
    case = build_parallel(world)
    head = make_head(world)
    rows = [office.application for office in case.offices]
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(route="commitment", state="granted")
    Application.objects.filter(pk=rows[2].pk).update(department=world.bureau)
    Commitment.objects.create(
        project=case.project, state="revoked", eligibility={}, assessed_on=TODAY, pledged_on=TODAY, matter_codes=["R09"]
    )
    assert head
    return list(Application.objects.filter(project=case.project).order_by("pk"))


def annul(world, resting, reason="以虚假承诺取得"):
    return annul_resting(
        resting[0].project,
        by=world.head,
        on=resting[0].accepted_on,
        application_ids=[row.pk for row in resting],
        ground="fraud",
        reason=reason,
    )


def test_one_action_annuls_each_by_itself_and_a_refusal_stops_no_other(world, resting):
    results = annul(world, resting)
    assert [bool(result.refusal) for result in results] == [False, True, False]
    states = dict(Application.objects.values_list("matter__code", "state"))
    assert states == {"R09": "annulled", "R15": "granted", "R16": "annulled"}
    assert Event.objects.filter(kind="application.annulled").count() == 2


def test_nothing_is_annulled_so_while_the_promise_stands(world, resting):
    Commitment.objects.update(state="granted")
    with pytest.raises(WrongState):
        annul(world, resting)
    assert not Event.objects.filter(kind="application.annulled").exists()


def test_the_head_sees_a_result_for_every_row(client, world, resting):
    sign_in(client, world.head)
    url = reverse("approvals:pledge-annul", args=[resting[0].project_id])
    with time_machine.travel(resting[0].accepted_on, tick=False):
        assert "一并撤销" in client.get(reverse("approvals:pledge", args=[resting[0].project_id])).content.decode()
        assert client.post(url, {"ground": "fraud"}).status_code == 422
        chosen = {"applications": [row.pk for row in resting], "ground": "fraud", "reason": "以虚假承诺取得"}
        shown = client.post(url, chosen).content.decode()
    assert "已办 2 件，未办 1 件" in shown
    sign_in(client, world.approver)
    with time_machine.travel(resting[0].accepted_on, tick=False):
        assert client.post(url, chosen).status_code == 404
