"""容缺受理: promised in writing by the enterprise, accepted with its clock running, and the certificate waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from approvals import guards, tasks
from approvals.accounts.models import Organisation
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, DeferrableMaterial, Event, Material
from approvals.selectors.deferral import deferrable, owed_by
from approvals.services import corrections, deferral, materials, receipt, supplements
from tests.receiving import FIFTH, LATE, RECEIVED, codes, handed_in, last, on_the_day, reload
from tests.world import SINCE, World

DUE = date(2026, 10, 12)


@pytest.fixture
def draft(world) -> Application:
    """Its first material is missing and the county has published that it may come later."""
    application = handed_in(world)
    Application.objects.filter(pk=application.pk).update(state="draft", received_on=None)
    missing = application.materials.all()[0]
    Material.objects.filter(pk=missing.pk).update(on_paper=False)
    publish(world.county, missing.name)
    return reload(application)


def publish(area: Organisation, material: str, within: int | None = None) -> DeferrableMaterial:
    return DeferrableMaterial.objects.create(
        organisation=area,
        matter_code="C07",
        material=material,
        within_working_days=within,
        source="示例县容缺受理目录",
        from_on=SINCE,
    )


def first(application: Application) -> Material:
    return application.materials.all()[0]


def promise(world: World, application: Application, due_on: date = DUE, on: date = RECEIVED) -> None:
    deferral.promise_materials(application.pk, by=world.owner, on=on, due={first(application).pk: due_on})


@pytest.fixture
def accepted(world, draft) -> Application:
    promise(world, draft)
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    return deferral.accept_conditionally(draft.pk, by=world.approver, on=RECEIVED)


def test_nothing_is_deferrable_before_a_locality_publishes_it(world):
    assert deferrable(handed_in(world), on=RECEIVED) == {}


def test_what_is_not_on_the_list_cannot_be_promised(world, draft):
    other = draft.materials.all()[1]
    Material.objects.filter(pk=other.pk).update(on_paper=False)
    with pytest.raises(GuardFailed) as refusal:
        deferral.promise_materials(draft.pk, by=world.owner, on=RECEIVED, due={other.pk: DUE})
    assert codes(refusal) == ["not-deferrable"]


def test_a_list_that_has_ended_allows_nothing_more(world, draft):
    DeferrableMaterial.objects.update(until_on=RECEIVED - timedelta(days=1))
    with pytest.raises(GuardFailed) as refusal:
        promise(world, draft)
    assert codes(refusal) == ["not-deferrable"]


@pytest.mark.parametrize(
    ("due_on", "refused"),
    [
        (RECEIVED, ["date-behind"]),
        (RECEIVED + timedelta(days=1), []),
        (date(2026, 9, 24), []),
        (date(2026, 9, 28), ["date-too-late"]),
    ],
)
def test_the_day_lies_ahead_and_within_what_the_list_allows(world, draft, due_on, refused):
    """Six working days from Thursday 17 September: 18, 20 (make-up), 21, 22, 23, 24."""
    DeferrableMaterial.objects.update(within_working_days=6)
    if refused:
        with pytest.raises(GuardFailed) as refusal:
            promise(world, draft, due_on)
        assert codes(refusal) == refused
    else:
        promise(world, draft, due_on)


def test_the_nearest_list_counts(world, draft):
    publish(world.bureau, first(draft).name, within=1)
    assert deferrable(draft, on=RECEIVED)[first(draft).name].latest_on == date(2026, 9, 18)


@pytest.mark.parametrize("who", ["handler", "clerk", "lead", "approver", "stranger"])
def test_the_promise_is_the_enterprises_own(world, draft, who):
    with pytest.raises(NotYours):
        deferral.promise_materials(draft.pk, by=getattr(world, who), on=RECEIVED, due={first(draft).pk: DUE})


def test_what_was_promised_does_not_keep_it_from_being_handed_in(world, draft):
    with pytest.raises(GuardFailed) as refusal:
        receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    assert codes(refusal) == ["material-missing"]
    promise(world, draft)
    assert receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED).state == "submitted"
    event = last("application.deferral_promised")
    assert event.facts["deferred"] == [{"material": first(draft).name, "due_on": "2026-10-12"}]
    assert len(event.facts["sha256"]) == 64


def test_the_ordinary_acceptance_is_refused_where_something_is_deferred(world, draft):
    promise(world, draft)
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    with pytest.raises(GuardFailed) as refusal:
        receipt.accept_application(draft.pk, by=world.approver, on=RECEIVED)
    assert codes(refusal) == ["material-deferred"]


def test_the_conditional_acceptance_is_refused_where_nothing_is(world):
    with pytest.raises(GuardFailed) as refusal:
        deferral.accept_conditionally(handed_in(world).pk, by=world.approver, on=RECEIVED)
    assert codes(refusal) == ["nothing-deferred"]


def test_the_clock_starts_and_each_missing_item_has_its_own_day(accepted):
    assert (accepted.state, accepted.accepted_on) == ("accepted", RECEIVED)
    assert accepted.due_on is not None
    assert first(accepted).deferral_due_on == DUE
    assert last("application.accepted").facts["deferred"] == [
        {"material": first(accepted).name, "due_on": "2026-10-12"}
    ]
    assert owed_by([accepted.pk])[accepted.pk].count == 1


def test_the_certificate_waits_until_it_is_handed_in(world, accepted):
    blockers = guards.grant_blockers(accepted, on=RECEIVED)
    assert [blocker.code for blocker in blockers] == ["deferred-missing"]
    assert first(accepted).name in blockers[0].message
    materials.hand_in_material(first(accepted).pk, by=world.owner, on=RECEIVED, on_paper=True)
    assert guards.grant_blockers(reload(accepted), on=RECEIVED) == []
    assert last("application.deferred_received").facts["material"] == first(accepted).name


def test_after_acceptance_nothing_else_can_be_exchanged(world, accepted):
    with pytest.raises(WrongState):
        materials.hand_in_material(accepted.materials.all()[1].pk, by=world.owner, on=RECEIVED, on_paper=True)
    materials.hand_in_material(first(accepted).pk, by=world.owner, on=RECEIVED, on_paper=True)
    with pytest.raises(WrongState):
        materials.hand_in_material(first(accepted).pk, by=world.owner, on=RECEIVED, on_paper=True)


def test_a_broken_promise_is_told_once_and_grants_or_refuses_nothing(accepted):
    with on_the_day(DUE):
        assert tasks.follow_receipts() == 0
    with on_the_day(DUE + timedelta(days=9)):
        assert (tasks.follow_receipts(), tasks.follow_receipts()) == (1, 0)
    assert reload(accepted).state == "accepted"


def test_a_notice_asks_for_what_was_promised_after_all(world, draft):
    promise(world, draft)
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    item = {"material": first(draft).name, "problem": "该材料为受理的必要条件"}
    supplements.request_supplement(draft.pk, by=world.approver, on=RECEIVED, items=[item])
    assert first(draft).deferral_due_on is None
    with pytest.raises(GuardFailed) as refusal:
        receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    assert codes(refusal) == ["material-missing"]


def test_what_the_law_accepts_keeps_its_promise(world, draft):
    promise(world, draft)
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    accepted = receipt.accept_by_law(draft.pk, on=LATE)
    assert accepted is not None
    assert [b.code for b in guards.grant_blockers(accepted, on=LATE)] == ["deferred-missing"]


# ── corrected on the spot ────────────────────────────────────────────────────────────────────────────────────────


def correct(application: Application, world: World, on: date = FIFTH, **changes: object) -> None:
    stated = {
        "items": [{"material": first(application).name, "correction": "“路南”更正为“路北”"}],
        "corrected_by": "企业刘",
    } | changes
    corrections.record_correction(application.pk, by=world.approver, on=on, **stated)


def test_a_mistake_is_corrected_on_the_spot_and_the_review_goes_on(world):
    submitted = handed_in(world)
    correct(submitted, world)
    assert reload(submitted).state == "submitted"
    assert submitted.corrections.get().corrected_by == "企业刘"
    assert last("application.corrected").facts["corrected"] == [first(submitted).name]
    assert receipt.accept_application(submitted.pk, by=world.approver, on=FIFTH).accepted_by == world.approver


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"items": []}, ["items-missing"]),
        ({"corrected_by": " "}, ["corrector-missing"]),
        ({"items": [{"material": "村委会证明", "correction": "x"}]}, ["material-unknown"]),
        ({"on": LATE}, ["notice-late"]),
    ],
)
def test_a_correction_says_what_and_who(world, changes, refused):
    submitted = handed_in(world)
    with pytest.raises(GuardFailed) as refusal:
        correct(submitted, world, **changes)
    assert codes(refusal) == refused
    assert not Event.objects.filter(kind="application.corrected").exists()
