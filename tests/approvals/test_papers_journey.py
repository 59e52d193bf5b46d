"""The whole way: every step leaves its paper, once."""

from __future__ import annotations

from collections import Counter

from approvals.models import Application, Delivery, Event, Handover, ProjectDocument
from documents.models import Document, NumberSeries
from tests.approvals.conftest import text_of
from tests.journeys.driver import FURNITURE_FACTS, Journey

OF_THE_PROJECT = [
    "signing_record",
    "notice_of_conditions",
    "commitment_letter",
    "commitment_publicity",
    "commitment_decision",
    "indicator_sheet",
    "mandate",
    "eia_determination",
    "energy_determination",
    "matter_list",
    "commencement_confirmation",
]


def test_every_step_leaves_one_paper_and_delivering_again_leaves_no_other(furniture, deliver_with_papers):
    furniture.to_commencement()
    furniture.obtain_all()
    furniture.evidence()
    furniture.commence()
    deliver_with_papers()

    assert not Delivery.objects.filter(done_at=None).exists()
    kinds = Counter(Document.objects.values_list("kind", flat=True))
    granted = Application.objects.filter(state="granted", matter__is_permit=True).count()
    assert granted >= 5
    assert kinds == Counter(OF_THE_PROJECT) + Counter(
        {
            "material_receipt": Event.objects.filter(kind="application.submitted").count(),
            "acceptance_notice": Application.objects.filter(state="granted").count(),
            "grant_decision": granted,
            "handover_sheet": Handover.objects.count(),
            "commencement_sheet": 2,  # on leaving full agency, and at the confirmation
        }
    )
    _every_paper_is_readable(furniture)
    _every_number_stands_in_line()

    Delivery.objects.update(done_at=None)
    deliver_with_papers()
    assert Document.objects.count() == ProjectDocument.objects.count() == kinds.total()
    assert Event.objects.filter(kind="application.result_numbered").count() == granted


def _every_paper_is_readable(furniture) -> None:
    for place in ProjectDocument.objects.select_related("document", "event", "application"):
        document, text = place.document, text_of(place.document)
        assert document.folder == f"project:{furniture.project.pk}"
        assert document.issued_on.isoformat() == place.event.facts["on"]
        assert furniture.project.name in text, document
        assert document.number in text, document
        assert document.verification_code in text, document
        basis = document.facts["basis"][0]
        assert "".join((basis["law"] + basis["article"]).split()) in text, document
        if place.event.kind != "project.registered":
            assert furniture.project.project_code in text, document
        if place.event.kind.startswith("application."):
            assert place.application_id == place.event.subject_id


def _every_number_stands_in_line() -> None:
    for series in NumberSeries.objects.select_related("issuer"):
        prefix = series.issuer.number_prefix or series.issuer.name
        numbers = {f"{prefix}{series.word}〔2026〕{number}号" for number in range(1, series.last + 1)}
        start = f"{prefix}{series.word}〔"
        assert numbers == set(Document.objects.filter(number__startswith=start).values_list("number", flat=True))


def test_a_project_that_needs_both_approvals_shows_them_on_its_papers(world, deliver_all, print_papers):
    paper_mill = Journey(world, deliver_all)
    line = {"title": "原纸抄造线", "gb4754": "2221", "product": "machine_paper", "processes": ["papermaking"]}
    heat = {"carrier": "heat", "quantity": 351700, "unit": "GJ"}  # 12,000 tce
    paper_mill.register("示例原纸项目", "2221", facts=FURNITURE_FACTS, activities=[line], energy_lines=[heat])
    paper_mill.to_commencement()
    paper_mill.obtain("R09")
    paper_mill.obtain("R11", approver=world.energy_approver)
    print_papers("determination.confirmed", "application.granted")

    eia = text_of(Document.objects.get(kind="eia_determination"))
    assert "应编制生态环境影响报告书" in eia
    assert "《生态环境法典》第九十五条" in eia
    energy = text_of(Document.objects.get(kind="energy_determination"))
    assert "12000" in energy
    assert "《节约能源法》第十五条" in energy
    decisions = Document.objects.filter(kind="grant_decision").order_by("pk")
    assert [document.issuer.name for document in decisions] == ["示例县行政审批服务管理局", "示例省能源局"]
    assert "《生态环境法典》第九十五条至第一百零七条" in text_of(decisions[0])
