"""Receipt as its people do it, in the pages: every lawful outcome, and the enterprise's promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from approvals.models import Application, DeferrableMaterial, Material
from approvals.services import receipt, supplements
from tests.receiving import RECEIVED, handed_in, named, on_the_day, reload
from tests.world import SINCE
from workflows.alignment import align_application
from workflows.inbox import tasks_open_to

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def today():
    with on_the_day(RECEIVED):
        yield


@pytest.fixture
def submitted(world) -> Application:
    application = handed_in(world)
    align_application(application)
    return application


@pytest.fixture
def do(client, world, submitted) -> Callable[..., int]:
    """Post the approver's open task; returns the status of the answer."""

    def post(by=None, **data: str) -> int:
        person = by or world.approver
        client.force_login(person, backend=BACKEND)
        task = tasks_open_to(person, on=RECEIVED).get(application=submitted)
        return client.post(reverse("workflows:do", args=[task.pk]), data).status_code

    return post


def field(kind: str, application: Application) -> str:
    return f"{kind}_{application.materials.all()[0].pk}"


def test_every_outcome_is_chosen_on_the_task(do, submitted):
    assert do(decision="correct", corrected_by="企业刘", **{field("correction", submitted): "改正笔误"}) == 302
    assert reload(submitted).state == "submitted"
    assert do(decision="supplement", **{field("problem", submitted): "缺页"}) == 302
    assert reload(submitted).state == "supplementing"


def test_a_notice_may_name_stated_facts_alone(do, submitted):
    assert do(decision="supplement", wrong_floor_area_m2="与总平面图不一致") == 302
    (told,) = submitted.supplement_notices.get().facts
    assert (told["fact"], told["problem"]) == ("floor_area_m2", "与总平面图不一致")


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"decision": "accept"}, "accepted"),
        ({"decision": "not_required", "reason": "不属于许可范围"}, "declined"),
        ({"decision": "not_competent", "reason": "省级审批", "referred_to": "示例省水利厅"}, "declined"),
    ],
)
def test_accepting_and_declining_end_the_review(do, submitted, data, state):
    assert do(**data) == 302
    assert reload(submitted).state == state


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "correct"},
        {"decision": "supplement"},
        {"decision": "supplement_again"},
        {"decision": "conditionally"},
        {"decision": "not_required"},
        {"decision": "not_competent", "reason": "省级审批"},
    ],
)
def test_an_outcome_without_what_it_needs_comes_back(do, submitted, data):
    assert do(**data) == 422
    assert reload(submitted).state == "submitted"


def test_a_second_notice_goes_through_a_colleague(do, world, submitted, deliver_all):
    supplements.request_supplement(submitted.pk, by=world.approver, on=RECEIVED, items=named(submitted))
    Material.objects.filter(application=submitted).update(on_paper=True)
    receipt.submit_application(submitted.pk, by=world.owner, on=RECEIVED)
    deliver_all()
    assert do(decision="supplement_again", new_fact="新情况", **{field("problem", submitted): "不一致"}) == 302
    assert not tasks_open_to(world.approver, on=RECEIVED).filter(application=submitted).exists()
    deliver_all()
    assert do(by=world.second_approver, decision="consent") == 302
    assert reload(submitted).state == "supplementing"


# ── the promise ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def incomplete(world, submitted) -> Application:
    Application.objects.filter(pk=submitted.pk).update(state="draft")
    missing = submitted.materials.all()[0]
    Material.objects.filter(pk=missing.pk).update(on_paper=False)
    DeferrableMaterial.objects.create(
        organisation=world.county, matter_code="C07", material=missing.name, source="示例目录", from_on=SINCE
    )
    return reload(submitted)


def test_the_enterprise_signs_its_promise_on_the_page_and_it_is_accepted_conditionally(
    client, world, do, incomplete, deliver_all
):
    client.force_login(world.owner, backend=BACKEND)
    page = reverse("approvals:application", args=[incomplete.pk])
    assert "签署容缺承诺" in client.get(page).content.decode()
    answer = client.post(
        reverse("approvals:promise", args=[incomplete.pk]), {field("due", incomplete): "2026-10-12"}, follow=True
    )
    assert "容缺，2026年10月12日 前补交" in answer.content.decode()
    assert incomplete.materials.all()[0].deferral_due_on == date(2026, 10, 12)
    client.post(reverse("approvals:submit", args=[incomplete.pk]))
    deliver_all()
    assert do(decision="conditionally") == 302
    assert reload(incomplete).state == "accepted"


def test_whoever_may_not_sign_is_told_who_may(client, world, incomplete):
    client.force_login(world.clerk, backend=BACKEND)
    shown = client.get(reverse("approvals:application", args=[incomplete.pk])).content.decode()
    assert "须由企业中有签署权限的人员自己签署" in shown
    assert (
        client.post(
            reverse("approvals:promise", args=[incomplete.pk]), {field("due", incomplete): "2026-10-12"}
        ).status_code
        == 403
    )
