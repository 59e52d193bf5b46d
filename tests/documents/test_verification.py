"""Anyone who holds a paper can ask whether it counts."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from documents import rendering, selectors, services, verification
from tests.documents import samples

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def document(issuer, monkeypatch):
    monkeypatch.setattr(rendering, "typeset", lambda *args, **kwargs: rendering.Sheet(b"%PDF-", 1))
    return services.issue(
        key="k",
        kind="grant_decision",
        facts=samples.facts("grant_decision"),
        issuer=issuer,
        on=TUESDAY,
        folder="project:12",
    )


def page(client, code: str):
    return client.get(reverse("documents:verify", args=[code]))


def test_codes_are_grouped_and_hard_to_misread():
    code = verification.new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) & set("ILOU")


@pytest.mark.parametrize(
    "typed", ["7k3m9qxr0wht4zc1", "7K3M 9QXR OWHT 4ZCI", "７Ｋ３Ｍ-9qxr-owht-4zcl", " 7K3M—9QXR—0WHT—4ZC1 "]
)
def test_a_code_is_understood_however_it_was_typed(typed):
    assert verification.normalise(typed) == "7K3M-9QXR-0WHT-4ZC1"


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QXR-0WHT-4ZC!", "7K3M-9QXR-0WHT-4ZC1-0"])
def test_what_cannot_be_a_code_finds_nothing(db, typed):
    assert selectors.find(typed) is None


def test_the_page_shows_a_valid_document_to_anyone(client, document):
    response = page(client, document.verification_code)
    for shown in (document.title, document.number, "闻喜县行政审批服务管理局", document.sha256, "有效"):
        assert shown in response.content.decode()
    assert "2603-140823-04-01-582947" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_the_page_tells_nothing_about_the_parties(client, document):
    text = page(client, document.verification_code).content.decode()
    assert samples.PROJECT["enterprise"] not in text
    assert samples.PROJECT["name"] not in text


def test_a_revoked_document_says_so(client, document):
    services.revoke(document.pk, on=TUESDAY, reason="申请人隐瞒有关情况")
    assert "已撤销" in page(client, document.verification_code).content.decode()


def test_a_replaced_document_leads_to_the_new_one(client, document, issuer):
    new = services.issue(
        key="new",
        kind="grant_decision",
        facts=samples.facts("grant_decision"),
        issuer=issuer,
        on=TUESDAY,
        folder="project:12",
        replaces=document,
    )
    text = page(client, document.verification_code).content.decode()
    assert "已被替代" in text
    assert new.verification_code in text


def test_an_unknown_code_is_an_answer(client, db):
    response = page(client, "0000-0000-0000-0000")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_the_form_leads_to_the_document(client, document):
    typed = document.verification_code.lower().replace("-", " ")
    response = client.get(reverse("documents:verify"), {"code": typed})
    assert response.url == reverse("documents:verify", args=[document.verification_code])


@pytest.mark.parametrize("typed", ["//evil.example", "..", "<script>", "x" * 500, "%2e%2e/"])
def test_nonsense_in_the_form_is_answered(client, db, typed):
    response = client.get(reverse("documents:verify"), {"code": typed}, follow=True)
    assert response.status_code in {200, 404}
    assert b"<script>" not in response.content.partition(b"<main")[2]


def test_the_form_alone_asks_for_a_code(client, db):
    assert client.get(reverse("documents:verify")).status_code == 200


def test_the_page_takes_few_queries(client, document, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page(client, document.verification_code)
