"""The public pre-check as a visitor meets it: pages, code, limits, paper, and what is kept of him."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader

from approvals import tasks
from approvals.errors import WrongState
from approvals.models import Event, Precheck
from approvals.models.precheck import ALPHABET
from approvals.rules.precheck.answers import State
from approvals.selectors.prechecks import drift, precheck_by_code, stand_of
from approvals.services.prechecks import answer_precheck, begin_precheck, purge_prechecks

ON = date(2026, 11, 26)
pytestmark = pytest.mark.django_db
ANSWERS: dict[str, dict[str, Any]] = {
    "nature": {"nature": "new"},
    "works": {"rest": ["none"]},
    "building": {"in_industrial_building": "True"},
    "processes-1": {"processes": ["cutting", "assembly", "packaging"], "rest": "all"},
    "energy": {"carriers": ["electricity_calorific"]},
    "energy_amounts": {"quantity-0": "200", "unit-0": "万kWh"},
    "boilers": {"rest": ["none"]},
    "linked": {"any": "none"},
}


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with time_machine.travel(ON, tick=False):
        yield


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def furniture() -> Precheck:
    return begin_precheck({"codes": ["2110"]}, on=ON)


def url(name: str, precheck: Precheck, *more: str) -> str:
    return reverse(f"approvals:precheck-{name}", args=[precheck.code, *more])


def answer_all(client, precheck: Precheck) -> list[str]:
    """As somebody on a telephone would: open what is next, fill it in, go on."""
    keys = []
    for _turn in range(40):
        place = client.get(url("next", precheck)).url
        if place == url("result", precheck):
            return keys
        page = client.get(place)
        assert page.status_code == 200
        keys.append(place.split("/")[3])
        data = ANSWERS.get(keys[-1]) or default(page.context["form"])
        assert client.post(place, data).status_code == 302, keys[-1]
    raise AssertionError(keys)


def default(form: Any) -> dict[str, str]:
    """否 to every question and 0 for every number."""
    fields = {name: field for name, field in form.fields.items() if not name.endswith("unsure")}
    return {name: "False" if hasattr(field, "choices") else "0" for name, field in fields.items()}


def test_a_visitor_comes_from_the_first_question_to_three_answers(client):
    first = client.post(reverse("approvals:precheck"), {"codes": ["2110"]})
    precheck = Precheck.objects.get()
    assert first.url == url("next", precheck)

    keys = answer_all(client, precheck)

    assert keys[:4] == ["nature", "works", "building", "processes-1"]
    page = client.get(url("result", precheck))
    assert (page.context["eia"]["outcome"], page.context["energy"]["outcome"]) == ("not_subject", "exempt")
    words = page.content.decode()
    for expected in ("这不是正式认定", precheck.shown_code, "不纳入环评", "豁免", "仍须履行的义务"):
        assert expected in words
    assert page["X-Robots-Tag"] == "noindex"


def test_the_code_is_hard_to_guess_and_easy_to_read(furniture):
    assert len(furniture.code) == 10
    assert not set("01ILO") & set(ALPHABET)
    assert precheck_by_code(f" {furniture.shown_code.lower()} ", on=ON) == furniture


def test_nothing_personal_is_kept(client, furniture):
    answer_all(client, furniture)
    names = {field.name for field in Precheck._meta.concrete_fields}
    assert names == {"id", "code", "answers", "answered_on", "outcome", "expires_on"} | {
        f"paper{part}" for part in ("", "_on", "_wanted_at", "_attempts")
    }
    furniture.refresh_from_db()
    assert "127.0.0.1" not in str(furniture.answers)
    assert not Event.objects.exists()


def test_words_that_are_typed_to_search_are_not_kept(client):
    page = client.post(reverse("approvals:precheck"), {"q": "沙发", "search": "1"})
    assert page.status_code == 200
    assert "2190" in page.content.decode()
    assert not Precheck.objects.exists()


def test_a_search_keeps_what_was_ticked(client):
    page = client.post(reverse("approvals:precheck"), {"q": "玩具", "codes": ["2110"], "search": "1"})
    assert page.context["form"].ticked == ["2110"]


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("nature", {}),
        ("nature", {"nature": "somewhere"}),
        ("works", {"kinds": ["laboratory"], "rest": ["none"]}),
        ("works", {}),
        ("processes-1", {"rest": "all"}),
        ("processes-1", {"processes": ["sorcery"], "rest": "all"}),
        ("energy", {"carriers": ["hope"]}),
    ],
)
def test_what_cannot_be_an_answer_is_asked_again(client, furniture, key, data):
    page = client.post(url("question", furniture, key), data)
    assert page.status_code == 422
    assert "请看标红的地方" in page.content.decode()


def test_an_empty_number_is_no_zero(client, furniture):
    client.post(url("question", furniture, "processes-1"), {"processes": ["coating"], "rest": "all"})
    page = client.post(url("question", furniture, "paint-1"), {"solvent_coating_t": ""})
    assert page.status_code == 422
    said = {f"{name}-unsure": "on" for name in ("solvent_coating_t", "other_coating_t")}
    answer = client.post(url("question", furniture, "paint-1"), said | {"low_voc_nonsolvent_coating_t": "3"})
    assert answer.status_code == 302
    furniture.refresh_from_db()
    assert "activities.0.solvent_coating_t" in State.from_json(furniture.answers).unsure


def test_not_knowing_leads_to_what_has_to_be_found_out(client, furniture):
    answer_all(client, furniture)
    client.post(url("question", furniture, "processes-1"), {"rest": "unsure"})
    page = client.get(url("result", furniture))
    assert page.context["eia"]["outcome"] == "needs_human"
    assert any("都有哪些工序" in question["text"] for question in page.context["eia"]["missing"])


def test_an_earlier_answer_can_be_changed_and_shows_what_was_said(client, furniture):
    answer_all(client, furniture)
    page = client.get(url("question", furniture, "energy_amounts"))
    assert 'value="200"' in page.content.decode()
    client.post(url("question", furniture, "energy_amounts"), {"quantity-0": "900", "unit-0": "万kWh"})
    assert client.get(url("result", furniture)).context["energy"]["outcome"] == "sub_provincial"


def test_a_page_that_is_not_asked_leads_on(client, furniture):
    for key in ("paint-7", "nonsense", "title"):
        assert client.get(url("question", furniture, key)).url == url("next", furniture)


def test_a_page_whose_question_is_gone_is_refused(furniture):
    with pytest.raises(WrongState):
        answer_precheck(furniture.pk, "paint-2", {"solvent_coating_t": "1"}, on=ON)


def test_what_is_past_its_day_is_gone_with_its_file(client, furniture):
    client.post(url("paper", furniture))
    tasks.print_precheck(furniture.pk)
    furniture.refresh_from_db()
    storage, name = furniture.paper.storage, furniture.paper.name
    after = date.fromordinal(furniture.expires_on.toordinal() + 1)

    assert purge_prechecks(on=furniture.expires_on) == 0
    assert precheck_by_code(furniture.code, on=after) is None
    assert purge_prechecks(on=after) == 1
    assert not Precheck.objects.exists()
    assert not storage.exists(name)


def test_a_client_that_asks_too_often_waits(client, settings):
    settings.PER_HOUR = settings.PER_HOUR | {"precheck-start": 2}
    answers = [client.post(reverse("approvals:precheck"), {"codes": ["2110"]}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert "分钟再试" in answers[-1].content.decode()
    other = client.post(reverse("approvals:precheck"), {"codes": ["2110"]}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_guessing_codes_is_limited(client, settings):
    settings.PER_HOUR = settings.PER_HOUR | {"precheck-look": 3}
    statuses = [client.get(reverse("approvals:precheck-find"), {"code": "AAAAABBBBB"}).status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]


def test_the_paper_is_printed_by_a_worker_and_says_what_it_is_not(client, furniture):
    answer_all(client, furniture)
    assert client.post(url("paper", furniture)).url == url("paper", furniture)
    waiting = client.get(url("paper", furniture)).content.decode()
    assert "正在生成" in waiting
    assert 'http-equiv="refresh"' in waiting

    tasks.print_precheck(furniture.pk)

    answer = client.get(url("paper", furniture))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(b"".join(answer))).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for expected in ("预查结果—非正式认定", furniture.shown_code, "不作为申报、审批、执法的依据", "不纳入环评管理"):
        assert expected in text
    assert "文号" not in text


def test_a_changed_answer_drops_the_paper(client, furniture):
    client.post(url("paper", furniture))
    tasks.print_precheck(furniture.pk)
    answer_precheck(furniture.pk, "nature", {"nature": "new"}, on=ON)
    furniture.refresh_from_db()
    assert not furniture.paper
    assert "还没有生成文件" in client.get(url("paper", furniture)).content.decode()


def test_what_a_dead_worker_lost_is_printed_by_the_sweep(client, furniture):
    client.post(url("paper", furniture))
    assert tasks.sweep_prechecks() == 0  # it belongs to the task that was sent for it
    with time_machine.travel("2026-11-27", tick=False):
        assert tasks.sweep_prechecks() == 1
    furniture.refresh_from_db()
    assert furniture.paper


def test_a_later_visit_says_what_has_changed(client, furniture):
    answer_all(client, furniture)
    furniture.refresh_from_db()
    furniture.outcome["energy"] = {"outcome": "sub_provincial", "edition": "2023"}
    furniture.save()
    found = drift(furniture, stand_of(State.from_json(furniture.answers), ON).results)
    assert (found.changed, found.editions) == (("节能审查",), ("节能审查",))
    with time_machine.travel("2026-12-26", tick=False):
        assert "和 2026年11月26日 的结果不一样了" in client.get(url("result", furniture)).content.decode()


def test_nothing_is_said_of_change_where_there_is_none(client, furniture):
    answer_all(client, furniture)
    with time_machine.travel("2026-12-26", tick=False):
        assert client.get(url("result", furniture)).context["drift"] is None
