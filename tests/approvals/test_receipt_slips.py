"""The slip (材料收件凭证) that answers every handing-in: what came, when, and from which day is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from approvals.models import LocalParameter, ProjectDocument
from approvals.papers import applications as papers
from approvals.selectors.documents import papers_visible_to
from approvals.services import materials, receipt
from documents.facts import notices, shape
from tests.approvals.conftest import last_event, text_of
from tests.cases import make_application
from tests.receiving import ask
from tests.world import SINCE

THURSDAY = date(2026, 9, 3)
EVENING = datetime(2026, 9, 4, 10, 5, tzinfo=UTC)  # Friday, 18:05 in Shanxi


@pytest.fixture
def draft(world, project):
    found = make_application(project, world.enterprise, world.bureau, code="C07")
    for material in found.materials.all():
        materials.hand_in_material(material.pk, by=world.owner, on=THURSDAY, on_paper=True)
    return found


def slip() -> notices.MaterialReceipt:
    paper = papers.material_receipt(last_event("application.submitted"))
    shape.check(paper, notices.MaterialReceipt)
    return paper


def test_the_slip_lists_what_came_and_counts_from_the_day_after(world, draft):
    receipt.submit_application(draft.pk, by=world.owner, on=THURSDAY)
    paper = slip()
    assert [row["name"] for row in paper["materials"]] == [row.name for row in draft.materials.all()]
    assert {row["note"] for row in paper["materials"]} == {"纸质件"}
    assert (paper["received_on"], paper["counts_from"], paper["tell_by"]) == ("2026-09-03", "2026-09-04", "2026-09-10")
    assert (paper["handed_in_at"], paper["received_because"], paper["answers"]) == ("", "", "")


def test_after_hours_the_slip_says_why_it_is_the_next_working_day(world, draft):
    LocalParameter.objects.create(
        code="office_closes_at", organisation=world.county, value="18:00", source="县局公告", from_on=SINCE
    )
    receipt.submit_application(draft.pk, by=world.owner, on=EVENING.date(), at=EVENING)
    paper = slip()
    assert (paper["handed_in_on"], paper["handed_in_at"]) == ("2026-09-04", "18:05")
    assert (paper["received_on"], paper["counts_from"]) == ("2026-09-07", "2026-09-08")
    assert "已过停止业务时间" in paper["received_because"]


def test_what_is_on_the_slip_stays_though_the_materials_are_sent_back(world, draft):
    receipt.submit_application(draft.pk, by=world.owner, on=THURSDAY)
    first = last_event("application.submitted")
    ask(draft, world.approver, on=THURSDAY)
    assert len(papers.material_receipt(first)["materials"]) == draft.materials.count()


def test_an_answer_to_a_supplement_gets_its_own_slip_of_what_was_asked_for(world, draft):
    receipt.submit_application(draft.pk, by=world.owner, on=THURSDAY)
    ask(draft, world.approver, on=THURSDAY)
    again = draft.materials.all()[0]
    materials.hand_in_material(again.pk, by=world.owner, on=date(2026, 9, 8), on_paper=True)
    receipt.submit_application(draft.pk, by=world.owner, on=date(2026, 9, 8))
    paper = slip()
    assert (paper["answers"], paper["received_on"]) == ("2026-09-03", "2026-09-08")
    assert [row["name"] for row in paper["materials"]] == [again.name]


def test_the_slip_is_numbered_printed_and_the_enterprises_to_download(client, world, draft, print_papers):
    receipt.submit_application(draft.pk, by=world.owner, on=THURSDAY)
    print_papers("application.submitted")
    place = ProjectDocument.objects.get(document__kind="material_receipt")
    assert place.document.number == "示审收〔2026〕1号"
    assert "材料收件凭证" in text_of(place.document)
    assert place in papers_visible_to(world.owner, on=THURSDAY)
    with time_machine.travel(THURSDAY, tick=False):
        client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
        shown = client.get(reverse("approvals:application", args=[draft.pk])).content.decode()
        assert reverse("approvals:document", args=[place.document_id]) in shown
        assert client.get(reverse("approvals:document", args=[place.document_id])).getvalue().startswith(b"%PDF")
        client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("approvals:document", args=[place.document_id])).status_code == 404
