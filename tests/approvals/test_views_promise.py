"""The page of a promise: the enterprise sees what it promised and asks in time; the bureau plans and keeps the file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from approvals.models import CommitmentChange, CreditRecord, Verification
from tests.approvals.test_verifications import BROKEN, check, plan, revoke, start
from tests.journeys.driver import Journey


@pytest.fixture
def granted(world, deliver_all) -> Iterator[Journey]:
    journey = start(world, deliver_all)
    with time_machine.travel(journey.today, tick=False):
        yield journey


def open_page(client, user, journey: Journey, name: str = "pledge") -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"approvals:{name}", args=[journey.project.pk])).content.decode()


def test_the_enterprise_reads_its_promise_who_checks_and_what_follows(client, granted, world):
    plan(granted, days=30)
    page = open_page(client, world.owner, granted)
    for words in ("承诺了什么", "没有做到的后果", "国办发〔2020〕42号", world.bureau.name, "申请变更承诺"):
        assert words in page, words
    assert "安排一次核查" not in page


def test_the_enterprises_own_page_lists_its_promises(client, granted, world):
    plan(granted, days=30)
    client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("workflows:my")).content.decode()
    assert "我的承诺" in page
    assert f"{world.bureau.name}将于" in page


def test_the_enterprise_asks_for_a_change_on_the_page(client, granted, world):
    open_page(client, world.owner, granted)
    url = reverse("approvals:pledge-change", args=[granted.project.pk])
    assert client.post(url, {"content": "延期"}).status_code == 422
    assert client.post(url, {"content": "延期", "reason": "设备推迟"}).status_code == 422  # none is kept
    given = {"content": "延期", "reason": "设备推迟", "keep_C02": "on", "terms_C02": "2027年6月30日前建成"}
    assert client.post(url, given).status_code == 302
    assert CommitmentChange.objects.get().asked_by == world.owner


def test_the_bureau_plans_a_check_and_keeps_the_credit_file(client, granted, world):
    page = open_page(client, world.approver, granted)
    assert "安排一次核查" in page
    assert "申请变更承诺" not in page
    url = reverse("approvals:pledge-check", args=[granted.project.pk])
    client.post(url, {"planned_on": granted.today.isoformat(), "department": world.bureau.pk})
    assert Verification.objects.get().department == world.bureau

    url = reverse("approvals:credit-record", args=[granted.project.pk])
    given = {"kind": "false_commitment", "source": "示罚〔2026〕9号", "from_on": granted.today.isoformat()}
    assert client.post(url, given | {"source": ""}).status_code == 422
    client.post(url, given)
    record = CreditRecord.objects.get()
    url = reverse("approvals:credit-repair", args=[granted.project.pk, record.pk])
    client.post(url, {"basis": "示信用修复〔2026〕1号"})
    record.refresh_from_db()
    assert record.repaired_on == granted.today


def test_after_a_revocation_the_page_says_so_and_why(client, granted, world):
    check(granted, BROKEN)
    revoke(granted, ground="false_commitment", reason="承诺时设施并不存在")
    page = open_page(client, world.owner, granted)
    assert "撤销" in page
    assert "承诺时设施并不存在" in page
    assert "生效中" in page
    assert "申请变更承诺" not in page
