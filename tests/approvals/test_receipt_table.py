"""Every act of receipt in every state: what it does, or how it is refused. All cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from approvals.errors import GuardFailed, Refusal, WrongState
from approvals.models import Application, Event, Material
from approvals.services import corrections, deferral, materials, originals, receipt, supplements
from tests.receiving import LATE, RECEIVED, handed_in, named
from tests.world import World

State = Application.State
Act = Callable[[World, Application], object]


def first(application: Application) -> Material:
    return application.materials.all()[0]


ACTS: dict[str, Act] = {
    "hand in": lambda w, a: materials.hand_in_material(first(a).pk, by=w.owner, on=RECEIVED, on_paper=True),
    "promise": lambda w, a: deferral.promise_materials(a.pk, by=w.owner, on=RECEIVED, due={first(a).pk: LATE}),
    "submit": lambda w, a: receipt.submit_application(a.pk, by=w.owner, on=RECEIVED),
    "supplement": lambda w, a: supplements.request_supplement(a.pk, by=w.approver, on=RECEIVED, items=named(a)),
    "second notice": lambda w, a: supplements.propose_second_notice(
        a.pk, by=w.approver, on=RECEIVED, items=named(a), new_fact="新情况"
    ),
    "consent": lambda w, a: supplements.decide_second_notice(a.pk, by=w.second_approver, on=RECEIVED, consented=True),
    "correct": lambda w, a: corrections.record_correction(
        a.pk,
        by=w.approver,
        on=RECEIVED,
        items=[{"material": first(a).name, "correction": "改正笔误"}],
        corrected_by="企业刘",
    ),
    "decline": lambda w, a: receipt.decline_application(
        a.pk, by=w.approver, on=RECEIVED, ground="not_required", reason="不属于许可范围"
    ),
    "accept": lambda w, a: receipt.accept_application(a.pk, by=w.approver, on=RECEIVED),
    "accept conditionally": lambda w, a: deferral.accept_conditionally(a.pk, by=w.approver, on=RECEIVED),
    "accept by law": lambda w, a: receipt.accept_by_law(a.pk, on=LATE),
    "take original": lambda w, a: originals.receive_original(
        first(a).pk, by=w.approver, on=RECEIVED, description="证书1本"
    ),
}
# What happens in a state; everywhere else the page was stale (WrongState). "-" is a quiet no of the system.
CELLS: dict[tuple[str, str], str] = {
    ("hand in", State.DRAFT): State.DRAFT,
    ("hand in", State.SUPPLEMENTING): State.SUPPLEMENTING,
    ("promise", State.DRAFT): "not-deferrable",
    ("promise", State.SUPPLEMENTING): "not-deferrable",
    ("submit", State.DRAFT): State.SUBMITTED,
    ("submit", State.SUPPLEMENTING): State.SUBMITTED,
    ("supplement", State.SUBMITTED): State.SUPPLEMENTING,
    ("second notice", State.SUBMITTED): "first-notice",
    ("correct", State.SUBMITTED): State.SUBMITTED,
    ("decline", State.SUBMITTED): State.DECLINED,
    ("accept", State.SUBMITTED): State.ACCEPTED,
    ("accept conditionally", State.SUBMITTED): "nothing-deferred",
    ("accept by law", State.SUBMITTED): State.ACCEPTED,
    **{("take original", state): state for state in State if state != State.DRAFT},
    **{("accept by law", state): "-" for state in State if state != State.SUBMITTED},
}


@pytest.fixture
def application(world, request) -> Application:
    application = handed_in(world)
    Application.objects.filter(pk=application.pk).update(state=request.param)
    return Application.objects.get(pk=application.pk)


@pytest.mark.parametrize("application", State.values, indirect=True)
def test_every_act_in_this_state(world, application):
    state = application.state
    for name, act in ACTS.items():
        before = Event.objects.count()
        with transaction.atomic():  # taken back: one act does not prepare the next
            assert outcome(act, world, application) == CELLS.get((name, state), "stale"), name
            moved = Application.objects.get(pk=application.pk).state != state
            assert not moved or Event.objects.count() > before, f"{name} left no event"
            transaction.set_rollback(True)


def outcome(act: Act, world: World, application: Application) -> str:
    try:
        result = act(world, application)
    except WrongState:
        return "stale"
    except GuardFailed as refusal:
        return refusal.blockers[0].code
    return "-" if result is None else Application.objects.get(pk=application.pk).state


@pytest.mark.parametrize(
    "who", ["owner", "handler", "lead", "supervisor", "energy_approver", "administrator", "stranger"]
)
def test_only_the_department_answers(world, who):
    application = handed_in(world)
    by = getattr(world, who)
    before = Event.objects.count()
    for act in (
        lambda: supplements.request_supplement(application.pk, by=by, on=RECEIVED, items=named(application)),
        lambda: receipt.accept_application(application.pk, by=by, on=RECEIVED),
        lambda: deferral.accept_conditionally(application.pk, by=by, on=RECEIVED),
        lambda: receipt.decline_application(application.pk, by=by, on=RECEIVED, ground="not_required", reason="x"),
        lambda: corrections.record_correction(application.pk, by=by, on=RECEIVED, items=[], corrected_by="x"),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "not-yours"
    assert Event.objects.count() == before
