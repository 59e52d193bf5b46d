"""Short ways through the handling of an application, for tests that are about something else."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import User
from approvals.guards import needs_two_people
from approvals.models import Application, Recommendation
from approvals.services import applications, decisions
from tests.journeys.driver import Journey
from tests.world import World, person


def submit(journey: Journey, code: str = "R06") -> Application:
    application, by = journey.application(code), journey.world.handler
    for material in application.materials.all():
        if not material.is_received:
            applications.hand_in_material(material.pk, by=by, on=journey.today, on_paper=True)
    return applications.submit_application(application.pk, by=by, on=journey.today)


def accept(journey: Journey, code: str = "R06") -> Application:
    pk = submit(journey, code).pk
    return applications.accept_application(pk, by=journey.world.approver, on=journey.today)


def examine(
    journey: Journey, application: Application, outcome: str = "grant", reason: str = "符合法定条件"
) -> Application:
    w, on = journey.world, journey.today
    decisions.recommend(application.pk, by=w.approver, on=on, outcome=outcome, reason=reason)
    return Application.objects.get(pk=application.pk)


def grant(journey: Journey, application: Application, *, number: str = "", reason: str = "符合法定条件") -> Application:
    w, on, pk = journey.world, journey.today, application.pk
    if not needs_two_people(application):
        return decisions.grant_application(pk, by=w.approver, on=on, reason=reason, result_number=number)
    decisions.recommend(pk, by=w.approver, on=on, outcome="grant", reason=reason, result_number=number)
    return decisions.grant_application(pk, by=w.second_approver, on=on)


def refuse(
    journey: Journey, application: Application, reason: str = "不符合规划条件", by: User | None = None
) -> Application:
    w, on = journey.world, journey.today
    decisions.recommend(application.pk, by=w.approver, on=on, outcome="refuse", reason=reason)
    return decisions.refuse_application(application.pk, by=by or w.second_approver, on=on)


def make_head(world: World) -> User:
    """Somebody who heads the approval bureau and handles no case; also found as ``world.head``."""
    head = person("head", "局长卫", "approver", world.bureau)
    head.appointments.update(is_head=True)
    object.__setattr__(world, "head", head)
    return head


def place_in(world: World, application: Application, state: str, *, on: date) -> Application:
    """The application in any state at once, with the records that belong to it. Factories may start anywhere."""
    waiting = {"examined": "grant", "advised_against": "refuse"}
    stored = "accepted" if state in waiting else state
    application.materials.update(on_paper=True)
    dates = {"submitted_on": on, "received_on": on} if state != "draft" else {}
    if stored in {"accepted", "granted", "refused", "annulled", "lapsed"}:
        dates |= {"accepted_on": on, "accepted_by": world.approver}
    if stored in {"granted", "refused", "declined", "annulled", "lapsed"}:
        dates |= {"decided_on": on, "decided_by": world.second_approver, "reason": "理由"}
    Application.objects.filter(pk=application.pk).update(state=stored, **dates)
    if state in waiting:
        Recommendation.objects.create(
            application=application, outcome=waiting[state], reason="理由", made_on=on, made_by=world.approver
        )
    return Application.objects.get(pk=application.pk)
