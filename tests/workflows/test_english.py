"""In English a matter has its English name in every list; at the head of its page the legal one stands beside it."""

from __future__ import annotations

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from approvals.models import Matter
from approvals.selectors.ledger import matter_ledger
from approvals.selectors.matter_names import matter_label
from approvals.selectors.plan import project_plan
from tests.cases import TODAY, home_case


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False), translation.override("zh-hans"):
        yield


@pytest.fixture
def case(world):
    return home_case(world)


def page(client, user, name: str, *args: int, **query: str) -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(reverse(name, args=args), query).content.decode()


def test_every_matter_has_both_names(world):
    assert not Matter.objects.filter(name_en="").exists()


def test_lists_name_it_in_english_alone(client, case, world):
    matter = case.application.matter
    for user, name, args in (
        (world.handler, "workflows:inbox", ()),
        (world.owner, "workflows:my", ()),
        (world.owner, "approvals:plan", (case.project.pk,)),
        (world.owner, "approvals:matters", (case.project.pk,)),
    ):
        shown = page(client, user, name, *args, **({"scope": "all"} if name == "workflows:inbox" else {}))
        assert matter.name_en in shown, name
        assert matter.name not in shown, name


def test_at_the_head_of_its_page_the_legal_name_stands_beside_it(client, case, world):
    shown = page(client, world.owner, "approvals:application", case.application.pk)
    matter = case.application.matter
    assert f'{matter.name_en} <small class="muted" lang="zh-CN">{matter.name}</small>' in shown


def test_the_inbox_finds_it_by_either_name(client, case, world):
    for words in (case.application.matter.name, case.application.matter.name_en.lower()):
        assert case.project.name in page(client, world.handler, "workflows:inbox", scope="all", q=words)


def test_in_chinese_there_is_no_second_name_and_an_unknown_code_keeps_its_own(case, world):
    assert matter_label("R04", "法定名称") == "法定名称"
    with translation.override("en"):
        assert matter_label("Z99", "旧事项") == "旧事项"
        names = [row.name for row in matter_ledger(case.project, world.owner, on=TODAY).rows]
        plan = [row.line.node.name for row in project_plan(case.project, on=TODAY).rows]
    assert all(name.isascii() for name in [*names, *plan])
