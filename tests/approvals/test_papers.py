"""What the papers of signing, commitment, land, determination and agency say, and of which moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from approvals.accounts.models import Membership
from approvals.models import Determination, Event, Matter
from approvals.papers import agency, commitment, common, determination, land, law, signing
from approvals.rules import eia, energy
from approvals.services import agency as agency_service
from approvals.services import commitments, determinations, facts
from approvals.services import signing as signing_service
from documents.facts import agency as agency_shapes
from documents.facts import commitment as commitment_shapes
from documents.facts import determination as determination_shapes
from documents.facts import shape
from documents.facts import signing as signing_shapes
from documents.models import Document
from tests.approvals.conftest import last_event


def cited(paper) -> list[str]:
    return [basis["law"] + basis["article"] for basis in paper["basis"]]


@pytest.mark.parametrize(
    ("citation", "law_name", "article"),
    [
        ("《建筑法》第八条", "《建筑法》", "第八条"),
        ("《甲办法》（委令2025年第31号）第十一条", "《甲办法》（委令2025年第31号）", "第十一条"),
        ("《乙名录（2021年版）》生态环境部令第16号", "《乙名录（2021年版）》", "生态环境部令第16号"),
        ("环办环评〔2018〕18号", "", "环办环评〔2018〕18号"),
    ],
)
def test_a_citation_is_taken_apart_without_inventing_book_marks(citation, law_name, article):
    assert common.bases(citation) == [{"law": law_name, "article": article, "note": ""}]


def test_each_provision_is_cited_once():
    assert len(common.bases("《甲》第一条；《乙》第二条", "《乙》第二条")) == 2


def test_the_signing_record_keeps_the_figures_of_the_day(furniture):
    furniture.intake()
    furniture.signing()
    event = last_event("project.stage_left")
    facts.revise_facts(
        furniture.project.pk,
        by=furniture.world.owner,
        on=furniture.today,
        version=furniture.project.facts.version,
        values={"total_investment_wan": 99999},
    )
    paper = signing.signing_record(event)
    shape.check(paper, signing_shapes.SigningRecord)
    assert (paper["investment_wan"], paper["land_area_mu"]) == ("8000", "30.00")
    assert paper["fair_competition_review"] == "设备补助（示公竞审〔2026〕3号）"
    assert paper["project_company"] == ""


def test_an_agreement_is_concluded_with_the_second_signature(furniture):
    w, pk = furniture.world, furniture.project.pk
    furniture.intake()
    signing_service.draft_agreement(pk, by=w.handler, on=furniture.today, kind="formal", content="线", terms="依法")
    signing_service.countersign_agreement(pk, by=w.lead, on=furniture.today)
    signing_service.sign_agreement(pk, by=w.owner, on=furniture.today + timedelta(days=3))
    event = Event(project=furniture.project, facts={"on": "2026-09-10", "stated": {}})
    assert signing.signing_record(event)["signed_on"] == "2026-09-04"


@pytest.fixture
def pledging(furniture):
    """Given notice; ``sign`` lets the owner pledge."""
    furniture.intake()
    furniture.signing()
    w, pk, on = furniture.world, furniture.project.pk, furniture.today
    commitments.assess_commitment(pk, by=w.handler, on=on, ordinary=False, matter_codes=["C02", "C09"])
    commitments.give_notice(pk, by=w.approver, on=on)
    return furniture


def sign(journey, **letter) -> Event:
    pk = journey.project.pk
    commitments.sign_commitment(pk, by=journey.world.owner, on=journey.today, letter=letter)
    return last_event("commitment.pledged")


def test_the_notice_tells_standards_materials_and_consequences(pledging):
    paper = commitment.notice_of_conditions(last_event("commitment.noticed"))
    shape.check(paper, commitment_shapes.NoticeOfConditions)
    assert [matter["code"] for matter in paper["matters"]] == ["C02", "C09"]
    assert "《水土保持法》" in paper["matters"][0]["standard"]
    assert paper["consequences"] == list(law.CONSEQUENCES)


def test_an_uncertain_basis_is_never_printed_as_law(pledging, world):
    Matter.objects.filter(code="C09").update(confidence="low")
    paper = commitment.notice_of_conditions(last_event("commitment.noticed"))
    assert paper["matters"][1]["standard"] == common.UNCONFIRMED


def test_the_letter_waits_for_the_notice_that_it_names(pledging, print_papers):
    event = sign(pledging)
    with pytest.raises(common.PaperOutstanding):
        commitment.commitment_letter(event)
    print_papers("commitment.noticed")
    paper = commitment.commitment_letter(event)
    shape.check(paper, commitment_shapes.CommitmentLetter)
    assert paper["notice_number"] == "示审告〔2026〕1号"
    assert event.facts["sha256"] in paper["remarks"]


def test_what_is_not_met_yet_stands_on_the_letter_in_the_enterprises_words(pledging, print_papers):
    print_papers("commitment.noticed")
    paper = commitment.commitment_letter(sign(pledging, satisfied_by="防护措施2026年12月前完成"))
    assert "防护措施2026年12月前完成" in paper["remarks"]
    assert paper["matters"][0]["promise"].startswith("除备注所列外")


@pytest.mark.parametrize(
    ("name", "position", "capacity"),
    [("示例人", "", "法定代表人"), ("企业陈", "总经理", "总经理"), ("企业陈", "", "授权签署人")],
)
def test_nobody_is_printed_as_legal_representative_who_is_not(pledging, print_papers, name, position, capacity):
    owner = pledging.world.owner
    owner.name = name
    owner.save()
    Membership.objects.filter(user=owner).update(position=position)
    print_papers("commitment.noticed")
    assert commitment.commitment_letter(sign(pledging))["capacity"] == capacity


def decide(journey, print_papers, *, granted: bool) -> Event:
    sign(journey)
    w, pk = journey.world, journey.project.pk
    commitments.publicise_commitment(pk, by=w.approver, on=journey.today, place="县政府网站")
    print_papers("commitment.noticed", "commitment.pledged")
    journey.wait(10)
    commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=granted, reason="材料与现场不符。")
    return last_event("commitment.decided")


def test_a_refusal_of_the_commitment_states_reason_and_remedies(pledging, print_papers):
    paper = commitment.commitment_decision(decide(pledging, print_papers, granted=False))
    shape.check(paper, commitment_shapes.CommitmentDecision)
    assert {matter["decision"] for matter in paper["matters"]} == {"不予以承诺制办理"}
    assert paper["remarks"].startswith("不予以承诺制办理的理由：材料与现场不符。")
    assert "六十日内向示例县人民政府申请行政复议" in paper["remarks"]
    assert "六个月内" in paper["remarks"]


def test_the_decision_names_the_letter_and_the_publicity(pledging, print_papers):
    paper = commitment.commitment_decision(decide(pledging, print_papers, granted=True))
    letter = Document.objects.get(kind="commitment_letter")
    assert paper["letter_code"] == letter.verification_code
    assert paper["publicity_result"] == "公示期内未收到异议"
    assert commitment.commitment_publicity(last_event("commitment.publicised"))["period"].startswith("5个工作日")


def test_the_indicator_sheet_shows_both_contracts(furniture):
    furniture.intake()
    furniture.signing()
    furniture.commitment()
    furniture.standard_land()
    paper = land.indicator_sheet(last_event("project.stage_left"))
    shape.check(paper, signing_shapes.IndicatorSheet)
    assert "出让-1" in paper["remarks"]
    assert "投资-1" in paper["remarks"]
    intensity = paper["rows"][0]
    assert (intensity["required"], intensity["actual"], intensity["result"]) == ("不低于200", "233.3333", "met")


def test_a_figure_that_only_rounding_would_save_is_printed_exactly():
    row = {"actual": "0.79999", "rounding": True}
    assert land._figure(row) == "0.79999"
    assert land._figure(row | {"rounding": False}) == "0.8"


@pytest.fixture
def determined(furniture):
    seen = {"eia": "not_subject", "energy": "exempt"}
    pk, w = furniture.project.pk, furniture.world
    furniture.intake()
    determinations.confirm_determinations(pk, by=w.handler, on=furniture.today, seen=seen)
    return furniture


def of_kind(kind: str) -> Event:
    row = Determination.objects.get(kind=kind)
    return Event.objects.get(kind="determination.confirmed", subject_id=row.pk)


def test_a_determination_prints_the_answer_and_the_facts_it_rests_on(determined):
    for kind in ("eia", "energy"):
        paper = determination.determination(of_kind(kind))
        shape.check(paper, determination_shapes.Determination)
        assert paper["answer"] == Determination.objects.get(kind=kind).answer
    values = {pair["label"]: pair["value"] for pair in determination.determination(of_kind("eia"))["facts_used"]}
    assert values["建设性质"] == "新建"
    assert "全部生产工艺：分割/裁切、组装、包装/打包" in values["板式家具开料组装线"]
    energy_values = determination.determination(of_kind("energy"))["facts_used"]
    assert energy_values[-1] == {"label": "电力(当量值)", "value": "200 万kWh，折245.8吨标准煤"}


@pytest.mark.parametrize(
    ("on", "kind", "expected"),
    [
        (date(2026, 8, 14), "eia", "《环境影响评价法》第十六条"),
        (date(2026, 8, 15), "eia", "《生态环境法典》第九十五条"),
        (date(2025, 8, 31), "energy", "《固定资产投资项目节能审查办法》"),
        (date(2025, 9, 1), "energy", "（国家发展改革委令2025年第31号）"),
        (date(2026, 8, 15), "energy", "《生态环境法典》第一千零九条"),
    ],
)
def test_the_law_is_cited_by_its_name_of_the_day(determined, on, kind, expected):
    row = Determination.objects.get(kind=kind)
    row.on = on
    row.answer = {"eia": eia, "energy": energy}[kind].classify(row.facts, on).as_json()
    citations = "".join(determination._citations(row))
    assert expected in citations
    assert ("环境法典" in citations) == (on >= date(2026, 8, 15))


def test_a_partial_mandate_names_its_matters(furniture):
    w, pk, on = furniture.world, furniture.project.pk, furniture.today
    furniture.intake()
    agency_service.offer_mandate(
        pk, by=w.handler, on=on, scope="partial", until_on=on + timedelta(days=90), matter_codes=["R06", "R07"]
    )
    agency_service.sign_mandate(pk, by=w.owner, on=on)
    paper = agency.mandate(last_event("mandate.signed"))
    shape.check(paper, agency_shapes.Mandate)
    assert paper["scope_label"] == "部分"
    assert [matter["code"] for matter in paper["matters"]] == ["R06", "R07"]
    assert (paper["handlers"][0]["name"], paper["lead"]["name"]) == ("代办张", "领办王")
    assert paper["agent"] == "示例开发区项目服务中心"


def test_the_list_hides_nothing_and_prints_no_uncertain_law(determined):
    pk, w = determined.project.pk, determined.world
    agency_service.confirm_matter_list(pk, by=w.handler, on=determined.today)
    event = last_event("matter_list.confirmed")
    paper = agency.matter_list(event)
    shape.check(paper, agency_shapes.MatterList)
    rows = {row["code"]: row for row in paper["rows"]}
    assert len(rows) == len(determined.project.matter_lists.get().rows)
    assert rows["R09"]["status_label"] == "免予办理"
    assert rows["R09"]["basis"]
    assert (rows["C07"]["basis"], rows["C07"]["statutory_limit"]) == ("（依据有待主管部门确认）", "")
    assert rows["R06"]["statutory_limit"] == "20个工作日"
    assert [row["status"] for row in paper["rows"]] == sorted(
        (row["status"] for row in paper["rows"]), key=list(agency.STATUSES).index
    )
