"""Issuing: one number after another without a gap, once per key, and never changed afterwards."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from approvals.accounts.models import Organisation
from approvals.errors import WrongState
from documents import rendering, selectors, services
from documents.models import Document, NumberSeries
from tests.documents import samples

TUESDAY = date(2026, 11, 24)


def issue(issuer, key="event:1:grant_decision", kind="grant_decision", on=TUESDAY, **more) -> Document:
    return services.issue(
        key=key, kind=kind, facts=samples.facts(kind), issuer=issuer, on=on, folder="project:12", **more
    )


@pytest.fixture
def quick(monkeypatch):
    """Numbers do not depend on what is printed."""
    monkeypatch.setattr(rendering, "typeset", lambda *args, **kwargs: rendering.Sheet(b"%PDF-", 1))


def test_an_issued_document_keeps_what_it_was_made_from(issuer, clerk):
    document = issue(issuer, by=clerk)
    stored = Document.objects.get(pk=document.pk)
    with stored.content.open() as file:
        content = file.read()
    assert stored.number == "闻审许〔2026〕1号"
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)
    assert stored.pages == 1
    assert stored.issued_by == clerk
    assert stored.facts["issuer"] == "闻喜县行政审批服务管理局"
    assert stored.facts["document"]["number"] == stored.number
    assert rendering.render("documents/grant_decision.html", stored.facts) == content


def test_the_issuer_without_a_prefix_signs_with_its_name(issuer, quick):
    issuer.number_prefix = ""
    issuer.save()
    assert issue(issuer).number == "闻喜县行政审批服务管理局许〔2026〕1号"


def test_each_kind_year_and_issuer_counts_for_itself(issuer, quick):
    other = Organisation.objects.add_root({"name": "经开区管委会", "kind": "zone", "number_prefix": "闻开"})
    numbers = [
        issue(issuer, "a").number,
        issue(issuer, "b").number,
        issue(issuer, "c", "refusal_decision").number,
        issue(issuer, "d", on=date(2027, 1, 4)).number,
        issue(other, "e").number,
    ]
    assert numbers == [
        "闻审许〔2026〕1号",
        "闻审许〔2026〕2号",
        "闻审不许〔2026〕1号",
        "闻审许〔2027〕1号",
        "闻开许〔2026〕1号",
    ]


def test_what_the_enterprise_says_bears_no_number_of_the_authority(issuer, quick):
    assert issue(issuer, kind="commitment_letter").number == ""
    assert issue(issuer, "another", kind="mandate").number == ""
    assert not NumberSeries.objects.exists()


def test_the_same_key_gives_the_same_document(issuer, quick):
    first = issue(issuer)
    assert issue(issuer) == first
    assert issue(issuer, "next").number == "闻审许〔2026〕2号"


def test_a_failed_rendering_keeps_its_number_until_the_paper_is_right(issuer, monkeypatch):
    def jam(*args, **kwargs):
        raise rendering.RenderingFault("paper jam")

    with monkeypatch.context() as broken:
        broken.setattr(rendering, "typeset", jam)
        with pytest.raises(rendering.RenderingFault):
            issue(issuer)
    waiting = Document.objects.get()
    assert (waiting.number, waiting.is_printed) == ("闻审许〔2026〕1号", False)
    assert not selectors.documents_in("project:12").exists(), "nobody sees a paper that is not printed"
    assert selectors.find(waiting.verification_code) is None
    monkeypatch.setattr(rendering, "typeset", lambda *args, **kwargs: rendering.Sheet(b"%PDF-", 1))
    assert issue(issuer, "next").number == "闻审许〔2026〕2号"
    assert (issue(issuer).number, issue(issuer).is_printed) == ("闻审许〔2026〕1号", True)


def test_a_paper_is_printed_from_the_facts_it_was_numbered_with(issuer, monkeypatch):
    monkeypatch.setattr(rendering, "typeset", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue(issuer)
    stated = Document.objects.get().facts
    printed = []
    monkeypatch.setattr(
        rendering, "typeset", lambda _, facts, **kwargs: printed.append(facts) or rendering.Sheet(b"%PDF-", 1)
    )
    issue(issuer, on=date(2026, 12, 1))
    assert printed == [stated]


def test_a_print_that_cannot_be_kept_leaves_no_file(issuer, quick, monkeypatch, settings):
    def fail(*args, **kwargs):
        raise RuntimeError("connection lost")

    with monkeypatch.context() as broken:
        broken.setattr(services, "_keep", fail)
        with pytest.raises(RuntimeError):
            issue(issuer)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert issue(issuer).number == "闻审许〔2026〕1号"


def test_a_rolled_back_caller_leaves_no_gap(issuer, quick):
    with transaction.atomic():
        issue(issuer)
        transaction.set_rollback(True)
    assert issue(issuer, "next").number == "闻审许〔2026〕1号"


def test_wrong_facts_take_no_number(issuer):
    with pytest.raises(TypeError):
        services.issue(
            key="k", kind="grant_decision", facts={"project": {}}, issuer=issuer, on=TUESDAY, folder="project:12"
        )
    assert not NumberSeries.objects.exists()


def test_an_issued_document_cannot_be_changed_or_deleted(issuer, quick):
    document = issue(issuer)
    document.title = "另一个标题"
    for attempt in (
        document.save,
        document.delete,
        Document.objects.all().delete,
        lambda: Document.objects.update(title="另一个标题"),
        lambda: document.save(update_fields=["title"]),
    ):
        with pytest.raises(AssertionError):
            attempt()


def test_a_correction_names_the_old_document(issuer, quick):
    first = issue(issuer)
    second = issue(issuer, "correction", replaces=first)
    assert second.facts["document"]["replaces"] == "准予行政许可决定书 闻审许〔2026〕1号"
    assert selectors.replacement_of(first) == second


def test_a_revocation_is_final(issuer, quick):
    document = services.revoke(issue(issuer).pk, on=TUESDAY, reason="申请人隐瞒有关情况")
    assert Document.objects.get(pk=document.pk).revoked_on == TUESDAY
    with pytest.raises(WrongState):
        services.revoke(document.pk, on=TUESDAY, reason="再次")


def together(count: int, act) -> list[Document]:
    """Run ``act(index)`` in threads that all start at one moment."""
    barrier = threading.Barrier(count)

    def run(index: int) -> Document:
        try:
            barrier.wait()
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_one_moment_are_unique_and_without_a_gap(issuer, quick):
    documents = together(12, lambda index: issue(issuer, f"event:{index}:grant_decision"))
    assert {document.number for document in documents} == {f"闻审许〔2026〕{n}号" for n in range(1, 13)}
    assert NumberSeries.objects.get().last == 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["grant_decision", "commitment_letter"])
def test_one_key_at_one_moment_gives_one_document(issuer, quick, kind, settings):
    documents = together(8, lambda _: issue(issuer, kind=kind))
    assert len({document.pk for document in documents}) == 1
    assert sum(series.last for series in NumberSeries.objects.all()) <= 1
    assert len(list(settings.MEDIA_ROOT.rglob("*.pdf"))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_printer_keeps_nobody_from_the_next_number(issuer, monkeypatch):
    printing, numbered = threading.Event(), threading.Event()

    def slowly(*args, **kwargs):
        if not printing.is_set():
            printing.set()
            assert numbered.wait(10), "the second had to wait for the first one's paper"
        return rendering.Sheet(b"%PDF-", 1)

    def print_one(index):
        if index:
            assert printing.wait(10)
        document = issue(issuer, f"event:{index}:grant_decision")
        numbered.set()
        return document

    monkeypatch.setattr(rendering, "typeset", slowly)
    assert {document.number for document in together(2, print_one)} == {"闻审许〔2026〕1号", "闻审许〔2026〕2号"}


@pytest.mark.django_db(transaction=True)
def test_real_pages_are_printed_from_several_threads(issuer):
    documents = together(4, lambda index: issue(issuer, f"event:{index}:grant_decision"))
    assert sorted(document.number[-2] for document in documents) == ["1", "2", "3", "4"]
