"""The pages of the rule library, for visitors without an account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from approvals.rules import library

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    answer = client.get(reverse(f"approvals:{name}", args=args), query)
    return answer, answer.content.decode()


def test_anybody_may_read_the_rules_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer, text = page(client, "rules")
    assert answer.status_code == 200
    for label in ("环评分类管理名录", "节能审查", "折标准煤系数", "标准地控制指标", "办理事项", "承诺制适用条件"):
        assert label in text


def test_a_search_leads_to_the_row(client):
    _, text = page(client, "rules", q="2110", table="eia")
    assert reverse("approvals:rule", args=["eia", "2021", "36"]) in text
    _, text = page(client, "rules", q="没有这样的词")
    assert "没有符合的条文" in text


def test_a_row_shows_text_rule_source_period_and_cases(client):
    _, text = page(client, "rule", "eia", "2021", "36")
    for part in (
        "年用溶剂型涂料（含稀释剂）10吨及以上的",
        "溶剂型涂料（含稀释剂）每年10吨及以上",
        "我们的归纳，不是官方文字",
        "生态环境部令第16号",
        "自2021年1月1日起",
        "条文经另一来源核对",
        "D01",
        "与已知结论一致",
    ):
        assert part in text


def test_a_row_with_text_only_says_that_a_person_decides(client):
    _, text = page(client, "rule", "eia", "2021", "158")
    assert "由人工对照判定" in text
    _, text = page(client, "rule", "eia", "2021", "36")
    assert "由人工对照判定" not in text


def test_every_entry_of_every_table_can_be_opened(client):
    for name in library.tables():
        for volume in library.volumes(name):
            for entry in (volume.entries[0], volume.entries[len(volume.entries) // 2], volume.entries[-1]):
                answer, text = page(client, "rule", name, volume.edition.edition, entry.key)
                assert answer.status_code == 200
                assert entry.title[:10] in text


def test_a_list_is_filtered_by_group_and_paged(client):
    answer, _ = page(client, "rule-edition", "eia", "2021", group="十八、家具制造业 21")
    assert [row.entry.key for row in answer.context["rows"]] == ["36"]
    answer, _ = page(client, "rule-edition", "eia", "2021", page="2")
    assert answer.context["page"].number == 2
    answer, _ = page(client, "rule-edition", "eia", "2021", page="x", q="<script>")
    assert (answer.status_code, answer.context["rows"]) == (200, [])


def test_two_editions_are_compared(client):
    _, text = page(client, "rule-compare", "energy", **{"from": "2023", "to": "2025"})
    assert "<del>" in text
    assert "<ins>" in text
    assert "新增 1 条" in text
    answer, _ = page(client, "rule-compare", "energy")
    assert answer.context["newer"].edition.edition == "2025"


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("rule-edition", ("nothing", "2021"), {}),
        ("rule-edition", ("eia", "1999"), {}),
        ("rule", ("eia", "2021", "174"), {}),
        ("rule-compare", ("eia",), {}),
        ("rule-compare", ("nothing",), {}),
        ("rule-compare", ("energy",), {"from": "1999"}),
    ],
)
def test_what_does_not_exist_is_not_found(client, name, args, query):
    assert page(client, name, *args, **query)[0].status_code == 404


def test_who_may_ask_what_a_change_would_do_finds_the_way_there(client, world):
    link = reverse("approvals:rule-impact")
    assert link not in page(client, "rules")[1]
    for person, there in ((world.supervisor, True), (world.administrator, True), (world.handler, False)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert (link in page(client, "rules")[1]) is there
