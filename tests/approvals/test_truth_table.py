"""Return, review, withdrawal, reopening and annulment: what every verb does in every state, all cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from approvals.errors import GuardFailed, WrongState
from approvals.models import Application, Event, Matter, Recommendation
from approvals.services import applications, decisions, delivery, returning
from tests.cases import Case, home_case
from tests.handling import make_head, place_in
from tests.world import World
from workflows.alignment import align_application
from workflows.models import WorkItem

ON = date(2026, 9, 1)
Verb = Callable[[World, int], Any]

VERBS: dict[str, Verb] = {
    "submit": lambda w, pk: applications.submit_application(pk, by=w.owner, on=ON),
    "accept": lambda w, pk: applications.accept_application(pk, by=w.approver, on=ON),
    "decline": lambda w, pk: applications.decline_application(
        pk, by=w.approver, on=ON, ground="not_required", reason="不需要"
    ),
    "recommend": lambda w, pk: decisions.recommend(pk, by=w.approver, on=ON, outcome="grant", reason="符合"),
    "grant": lambda w, pk: decisions.grant_application(pk, by=w.second_approver, on=ON),
    "refuse": lambda w, pk: decisions.refuse_application(pk, by=w.second_approver, on=ON, reason="不符"),
    "return_to_examination": lambda w, pk: decisions.return_to_examination(
        pk, by=w.second_approver, on=ON, reason="待核"
    ),
    "return_to_acceptance": lambda w, pk: returning.return_to_acceptance(pk, by=w.approver, on=ON, reason="误受理"),
    "withdraw": lambda w, pk: returning.withdraw_application(pk, by=w.owner, on=ON, reason="方案调整"),
    "reopen": lambda w, pk: returning.reopen_application(pk, by=w.head, on=ON, reason="复议后重新处理"),  # type: ignore[attr-defined]
    "annul": lambda w, pk: returning.annul_application(pk, by=w.head, on=ON, ground="fraud", reason="材料伪造"),  # type: ignore[attr-defined]
}
VERBS["record_lapse"] = lambda w, pk: delivery.record_lapse(pk, by=w.approver, on=ON)
# accepted stands for "not examined yet"; examined and advised_against for a recommendation that waits for its review.
STATES = (
    "draft",
    "submitted",
    "supplementing",
    "accepted",
    "examined",
    "advised_against",
    "granted",
    "refused",
    "declined",
    "withdrawn",
    "annulled",
    "lapsed",
)
W, G = WrongState, GuardFailed
# A planning permit (R04) has no end, so there is nothing to put on record even where it was granted.
TABLE: dict[str, tuple[Any, ...]] = {
    # The columns are those of STATES.
    "submit": ("submitted", W, "submitted", W, W, W, W, W, W, W, W, W),
    "accept": (W, "accepted", W, W, W, W, W, W, W, W, W, W),
    "decline": (W, "declined", W, W, W, W, W, W, W, W, W, W),
    "recommend": (W, W, W, "accepted", W, W, W, W, W, W, W, W),
    "grant": (W, W, W, G, "granted", G, W, W, W, W, W, W),
    "refuse": (W, W, W, G, G, "refused", W, W, W, W, W, W),
    "return_to_examination": (W, W, W, W, "accepted", "accepted", W, W, W, W, W, W),
    "return_to_acceptance": (W, W, W, "submitted", "submitted", "submitted", W, W, W, W, W, W),
    "withdraw": ("withdrawn", "withdrawn", "withdrawn", "withdrawn", "withdrawn", "withdrawn", W, W, W, W, W, W),
    "reopen": (W, W, W, W, W, W, W, "accepted", "submitted", G, "accepted", W),
    "annul": (W, W, W, W, W, W, "annulled", W, W, W, W, W),
    "record_lapse": (W, W, W, W, W, W, G, W, W, W, W, W),
}
CELLS = [
    pytest.param(verb, state, outcome, id=f"{verb}-{state}")
    for verb, row in TABLE.items()
    for state, outcome in zip(STATES, row, strict=True)
]


@pytest.fixture
def case(world) -> Case:
    make_head(world)
    Matter.objects.filter(code="R04").update(prerequisites=[])
    return home_case(world)


def test_the_table_knows_every_verb_and_every_state():
    assert set(TABLE) == set(VERBS)
    kept = {"accepted" if name in {"examined", "advised_against"} else name for name in STATES}
    assert kept == set(Application.State.values)


@pytest.mark.parametrize(("verb", "state", "outcome"), CELLS)
def test_cell(world, case, verb, state, outcome):
    application = place_in(world, case.application, state, on=ON)
    before = Event.objects.count()
    if isinstance(outcome, str):
        VERBS[verb](world, application.pk)
        after = Application.objects.get(pk=application.pk)
        assert after.state == outcome
        assert Event.objects.count() > before
        align_application(after)
        open_tasks = WorkItem.objects.filter(application=after, status__in=("NEW", "ASSIGNED")).exclude(step="")
        assert open_tasks.count() == (0 if after.is_concluded else 1)
        waiting = Recommendation.objects.filter(application=after, reviewed_on=None).count()
        assert waiting == (1 if verb == "recommend" else 0)
        return
    with pytest.raises(outcome):
        VERBS[verb](world, application.pk)
    unchanged = Application.objects.get(pk=application.pk)
    assert (unchanged.state, Event.objects.count()) == (application.state, before)
