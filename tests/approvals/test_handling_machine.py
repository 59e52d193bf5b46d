"""Anybody tries anything with an application on any day, and the records stay in order whatever he does."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from approvals.errors import Refusal
from approvals.models import Application, Event, Matter, Project, Recommendation
from approvals.rules.clock import ledger
from approvals.selectors.audit import verify_chain
from approvals.selectors.calendar import calendar_for
from approvals.selectors.limits import named_limits
from approvals.selectors.steps import application_step
from approvals.services import applications, clocks, decisions, delivery, extensions, returning
from approvals.services.reminders import remind
from tests.cases import home_case, make_application
from tests.handling import make_head, place_in
from tests.world import World
from workflows.alignment import align_application
from workflows.models import WorkItem

BEGIN = date(2026, 9, 1)
# Those who may are likelier than those who may not, so that most runs come far.
PEOPLE = (*("approver", "second_approver", "head") * 3, "handler", "owner", "stranger", "supervisor")


def submit(pk, *, outcome, reason, **stated):
    Application.objects.get(pk=pk).materials.update(on_paper=True)
    return applications.submit_application(pk, **stated)


def withdraw(pk, *, outcome, reason, by, on):
    """Most runs go on; some end here."""
    late = on > BEGIN + timedelta(days=30)
    return returning.withdraw_application(pk, by=by, on=on, reason=reason) if late else refused()


def close_pause(pk, *, outcome, reason, **stated):
    pause = Application.objects.get(pk=pk).pauses.filter(closed_on=None).first()
    return clocks.close_pause(pause.pk, outcome=reason, **stated) if pause else refused()


def refused():
    raise Refusal("nothing to do")


ACTS = {
    "submit": submit,
    "withdraw": withdraw,
    "close_pause": close_pause,
    "accept": lambda pk, outcome, reason, **s: applications.accept_application(pk, **s),
    "recommend": lambda pk, outcome, reason, **s: decisions.recommend(pk, outcome=outcome, reason=reason, **s),
    "grant": lambda pk, outcome, reason, **s: decisions.grant_application(pk, **s),
    "refuse": lambda pk, outcome, reason, **s: decisions.refuse_application(pk, reason=reason, **s),
    "return": lambda pk, outcome, reason, **s: decisions.return_to_examination(pk, reason=reason, **s),
    "to_acceptance": lambda pk, outcome, reason, **s: returning.return_to_acceptance(pk, reason=reason, **s),
    "reopen": lambda pk, outcome, reason, **s: returning.reopen_application(pk, reason=reason, **s),
    "annul": lambda pk, outcome, reason, **s: returning.annul_application(
        pk, ground="fraud" if outcome == "grant" else "whim", reason=reason, **s
    ),
    "pause": lambda pk, outcome, reason, **s: clocks.open_pause(
        pk, ground="expert_review" if outcome == "grant" else "waiting", reason=reason, told_days=5, **s
    ),
    "extend": lambda pk, outcome, reason, **s: clocks.extend_limit(pk, reason=reason, **s),
    "ask": lambda pk, outcome, reason, **s: extensions.ask_extension(pk, reason=reason, **s),
    "deliver": lambda pk, outcome, reason, by, on: delivery.record_delivery(
        pk, by=by, on=on, method="direct", recipient=reason, delivered_on=on
    ),
}


class Handling(RuleBasedStateMachine):
    """One application; every rule is an attempt that may be refused. What must never happen is in the invariants."""

    world: World
    project: Project
    pk: int

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.on = BEGIN

    @initialize(state=st.sampled_from(["accepted", "examined", "submitted", "draft"]))
    def begin(self, state: str) -> None:
        application = place_in(self.world, Application.objects.get(pk=self.pk), state, on=BEGIN)
        align_application(application)

    def attempt(self, who: str, verb, **stated) -> None:
        """A refusal changes nothing at all."""
        person = getattr(self.world, who)
        person.__dict__.pop("_standing", None)
        before, events = Application.objects.filter(pk=self.pk).values().get(), Event.objects.count()
        try:
            verb(self.pk, by=person, on=self.on, **stated)
        except Refusal:
            assert Application.objects.filter(pk=self.pk).values().get() == before
            assert Event.objects.count() == events
            return
        assert Event.objects.count() > events
        align_application(Application.objects.get(pk=self.pk))

    @rule(
        act=st.sampled_from(sorted(ACTS)),
        who=st.sampled_from(PEOPLE),
        outcome=st.sampled_from(["grant", "refuse"]),
        reason=st.sampled_from(["理由", "理由", "理由", ""]),
        days=st.sampled_from([0, 0, 1, 4]),
        lawful=st.booleans(),
    )
    def try_something(self, act: str, who: str, outcome: str, reason: str, days: int, lawful: bool) -> None:
        """One rule for all, so that Hypothesis leaves none of them out of a run. Every other step is lawful."""
        self.time_passes(days)
        if lawful:
            act, who, outcome = self.next_lawful(act, who, outcome)
        self.attempt(who, lambda pk, **stated: ACTS[act](pk, outcome=outcome, reason=reason, **stated))

    def next_lawful(self, act: str, who: str, outcome: str) -> tuple[str, str, str]:
        application = Application.objects.get(pk=self.pk)
        waiting = application.open_recommendation
        if application.pauses.filter(closed_on=None).exists():
            return "close_pause", "approver", outcome
        if waiting is not None:
            reviewer = "second_approver" if waiting.made_by == self.world.approver else "approver"
            return waiting.outcome, reviewer, outcome
        return {
            "draft": ("submit", "owner", outcome),
            "submitted": ("accept", "approver", outcome),
            "accepted": ("recommend", "approver", outcome),
            "granted": ("annul", "head", "grant") if application.deliveries.exists() else ("deliver", "approver", ""),
            "refused": ("reopen", "head", outcome),
            "annulled": ("reopen", "head", outcome),
        }.get(application.state, (act, who, outcome))

    def time_passes(self, days: int) -> None:
        self.on += timedelta(days=days)
        state = Application.objects.get(pk=self.pk).state
        remind(on=self.on)
        assert Application.objects.get(pk=self.pk).state == state, "nothing is decided by the mere passing of time"

    @invariant()
    def one_state_and_its_task(self) -> None:
        application = Application.objects.get(pk=self.pk)
        tasks = WorkItem.objects.filter(application=application, status__in=("NEW", "ASSIGNED")).exclude(step="")
        steps = list(tasks.values_list("step", flat=True))
        assert steps in ([], [application_step(application)])
        assert not (application.is_concluded and steps)

    @invariant()
    def two_people_behind_every_decision(self) -> None:
        application = Application.objects.get(pk=self.pk)
        if application.state in {"granted", "refused"}:
            agreed = application.recommendations.filter(agreed=True).latest("pk")
            assert agreed.made_by_id != agreed.reviewed_by_id == application.decided_by_id
        open_ones = Recommendation.objects.filter(application=application, reviewed_on=None).count()
        assert open_ones <= (application.state == "accepted")

    @invariant()
    def nothing_is_granted_without_its_event(self) -> None:
        """By a person, never by silence."""
        kinds = {"application.granted": 1, "application.annulled": -1}
        rows = Event.objects.filter(subject_type="application", subject_id=self.pk, kind__in=kinds)
        assert all(row.by_id is not None for row in rows)
        standing = sum(kinds[row.kind] for row in rows)
        assert standing == (Application.objects.get(pk=self.pk).state == "granted")

    @invariant()
    def the_ledger_of_the_clock_sums_to_its_limit(self) -> None:
        application = Application.objects.get(pk=self.pk)
        if application.state != "accepted" or application.accepted_on is None:
            return
        calendar = calendar_for(application.department)
        for row in named_limits(application, application.accepted_on):
            days = ledger(row.limit, calendar, on=self.on)
            assert sum(day.counts for day in days) == row.limit.net_days

    def teardown(self) -> None:
        try:
            assert verify_chain(self.project) == []
            print(
                "RUN",
                list(
                    Event.objects.filter(subject_type="application", subject_id=self.pk).values_list("kind", flat=True)
                ),
            )
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)


def test_anybody_may_try_anything(world):
    """The county stands still; every example tries its luck in a savepoint of its own."""
    make_head(world)
    Matter.objects.update(prerequisites=[])
    case = home_case(world)
    Handling.world, Handling.project = world, case.project
    Handling.pk = make_application(case.project, world.enterprise, world.bureau, code="R06").pk
    run_state_machine_as_test(
        Handling,
        settings=settings(
            max_examples=5,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
