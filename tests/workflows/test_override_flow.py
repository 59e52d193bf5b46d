"""A proposal to settle a determination waits in the second person's inbox, and only there."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import WrongState
from approvals.models import Determination, Override
from approvals.services.overrides import approve_override, propose_override, withdraw_override
from tests.workflows.conftest import TODAY
from workflows.alignment import OPEN, align_override, misaligned, rebuild_process
from workflows.completion import complete_task
from workflows.inbox import tasks_open_to
from workflows.models import OverrideProcess, WorkItem


@pytest.fixture
def proposed(journey, world, deliver_all):
    def make(department=None) -> Override:
        override = propose_override(
            journey.project.pk,
            by=world.handler,
            on=TODAY,
            kind="eia",
            outcome="report_table",
            reason="生态环境部门答复应编制报告表",
            basis="示环函〔2026〕8号",
            department=department,
        )
        deliver_all()
        return override

    journey.intake()
    return make


def waiting(user) -> list[str]:
    return list(tasks_open_to(user, on=TODAY).filter(step="settle_override").values_list("step", flat=True))


def test_put_to_the_lead_official_it_is_his_alone(proposed, world):
    proposed()
    for user in (world.handler, world.approver, world.supervisor, world.owner, world.stranger):
        assert waiting(user) == [], user
    assert waiting(world.lead) == ["settle_override"]
    assert WorkItem.objects.get(step="settle_override").owner == world.lead


def test_put_to_the_bureau_any_of_its_approvers_may_take_it(proposed, world):
    proposed(world.bureau)
    assert waiting(world.approver) == waiting(world.second_approver) == ["settle_override"]
    assert waiting(world.lead) == waiting(world.energy_approver) == []


def test_the_project_goes_on_with_its_own_task_meanwhile(proposed, world):
    proposed()
    assert "draft_agreement" in list(tasks_open_to(world.handler, on=TODAY).values_list("step", flat=True))


def test_doing_the_task_settles_it_and_ends_the_process(proposed, world, deliver_all):
    override = proposed()
    item = tasks_open_to(world.lead, on=TODAY).get(step="settle_override")
    complete_task(
        item.pk, by=world.lead, on=TODAY, act=lambda _i: approve_override(override.pk, by=world.lead, on=TODAY)
    )
    deliver_all()
    assert waiting(world.lead) == []
    assert OverrideProcess.objects.get(override=override).status == "DONE"
    assert Determination.objects.get(kind="eia").override == override
    assert not misaligned()


def test_settled_elsewhere_the_task_goes_away(proposed, world, deliver_all):
    override = proposed(world.bureau)
    item = tasks_open_to(world.approver, on=TODAY).get(step="settle_override")
    withdraw_override(override.pk, by=world.handler, on=TODAY)
    deliver_all()
    assert waiting(world.approver) == []
    with pytest.raises(WrongState):
        complete_task(item.pk, by=world.approver, on=TODAY, act=lambda _i: None)


@pytest.mark.parametrize("to_bureau", [False, True])
def test_rebuilding_gives_the_same_task(proposed, world, to_bureau):
    override = proposed(world.bureau if to_bureau else None)
    fields = ("project", "override", "step", "owner", "owner_permission", "department")
    before = list(WorkItem.objects.filter(status__in=OPEN, step="settle_override").values_list(*fields))
    align_override(override)
    rebuild_process(OverrideProcess.objects.get(override=override))
    assert list(WorkItem.objects.filter(status__in=OPEN, step="settle_override").values_list(*fields)) == before
    assert len(before) == 1
    assert not misaligned()


def test_the_page_shows_both_outcomes_and_takes_the_opinion(proposed, world, client):
    override = proposed()
    item = tasks_open_to(world.lead, on=TODAY).get(step="settle_override")
    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(TODAY, tick=False):
        page = client.get(reverse("workflows:task", args=[item.pk])).content.decode()
        assert "应编制生态环境影响报告表" in page
        assert "不纳入环评管理" in page
        shown, in_history = page.count("示环函〔2026〕8号"), page.count("依据：示环函〔2026〕8号")
        assert shown == 1 + in_history  # the rules' own answer stands by itself
        url = reverse("workflows:do", args=[item.pk])
        assert client.post(url, {"decision": "reject"}).status_code == 422
        client.post(url, {"decision": "reject", "remark": "答复针对另一项目"})
    override.refresh_from_db()
    assert (override.state, override.settled_by) == ("rejected", world.lead)
