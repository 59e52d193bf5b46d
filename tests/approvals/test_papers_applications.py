"""Notices and decisions on an application, and the two commencement papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from approvals.models import Application, Event, Evidence, LocalParameter, Matter
from approvals.papers import applications, commencement, matters
from approvals.papers.common import UNCONFIRMED
from approvals.rules.legal_names import citation
from approvals.selectors.commencement import derived
from approvals.services import applications as services
from approvals.services import receipt
from approvals.services.results import record_result_number
from documents.facts import commencement as commencement_shapes
from documents.facts import notices, shape
from documents.models import Document
from tests.approvals.conftest import last_event, text_of
from tests.handling import accept, refuse, submit
from tests.handling import grant as grant_accepted
from tests.journeys.driver import Journey

DAYS = LocalParameter.Code.SUPPLEMENT_ANSWER_WORKING_DAYS


@pytest.fixture
def ready(furniture) -> Journey:
    furniture.to_commencement()
    return furniture


def grant(journey: Journey, code: str = "R06", number: str = "") -> Event:
    grant_accepted(journey, accept(journey, code), number=number, reason="符合条件")
    return last_event("application.granted")


def test_acceptance_tells_both_limits_and_what_was_received(ready):
    application = accept(ready)
    paper = applications.acceptance_notice(last_event("application.accepted"))
    shape.check(paper, notices.AcceptanceNotice)
    assert (paper["statutory_limit"], paper["statutory_due_on"]) == ("20个工作日", "2026-10-13")
    assert [row["name"] for row in paper["materials"]] == [row.name for row in application.materials.all()]
    assert not paper["provisional"]


def test_acceptance_prints_the_dates_of_the_moment_though_the_calendar_changes_them(ready):
    application = accept(ready)
    Application.objects.filter(pk=application.pk).update(due_on=date(2027, 1, 1), due_is_provisional=True)
    paper = applications.acceptance_notice(last_event("application.accepted"))
    assert (paper["statutory_due_on"], paper["provisional"]) == ("2026-10-13", False)


def test_a_limit_that_is_not_certain_is_not_printed_as_the_law(ready):
    Matter.objects.filter(code="R06").update(confidence="low")
    accept(ready)
    paper = applications.acceptance_notice(last_event("application.accepted"))
    assert (paper["statutory_limit"], paper["statutory_due_on"]) == ("", "")
    assert [basis["article"] for basis in paper["basis"]] == ["第三十二条"]
    assert matters.standard_on(Matter.objects.get(code="R06"), ready.today) == UNCONFIRMED


def ask_for_more(journey: Journey) -> Event:
    application = submit(journey)
    item = {"material": application.materials.first().name, "problem": "缺少签章"}
    services.request_supplement(application.pk, by=journey.world.approver, on=journey.today, items=[item])
    return last_event("application.supplement_requested")


def test_a_supplement_notice_keeps_the_day_of_receipt_it_was_made_for(ready):
    event = ask_for_more(ready)
    received = ready.today.isoformat()
    ready.wait(3)
    submit(ready)
    paper = applications.supplement_notice(event)
    shape.check(paper, notices.SupplementNotice)
    assert paper["received_on"] == received
    assert [item["problem"] for item in paper["items"]] == ["缺少签章"]


def test_without_a_local_number_no_day_to_answer_by_is_invented(ready, print_papers):
    event = ask_for_more(ready)
    print_papers("application.supplement_requested")
    assert "缺少签章" in text_of(Document.objects.get(kind="supplement_notice"))
    assert applications.supplement_notice(event)["due_on"] == ""


def test_the_day_to_answer_by_is_the_localitys(ready):
    LocalParameter.objects.create(
        code=DAYS, organisation=ready.world.county, value="5", source="测试", from_on=date(2026, 1, 1)
    )
    paper = applications.supplement_notice(ask_for_more(ready))
    assert (paper["due_on"], paper["due_limit"]) == ("2026-09-16", "5个工作日")


def test_a_refusal_states_its_reason_and_both_remedies(ready, print_papers):
    refuse(ready, accept(ready))
    print_papers("application.refused")
    document = Document.objects.get(kind="refusal_decision")
    assert document.issuer == ready.world.bureau
    text = text_of(document)
    for part in ("不符合规划条件", "示例县人民政府", "行政诉讼", "六个月内", "《行政许可法》第三十八条"):
        assert part in text


def test_declining_states_its_reason(ready, print_papers):
    pk = submit(ready).pk
    services.decline_application(
        pk,
        by=ready.world.approver,
        on=ready.today,
        ground="not_competent",
        reason="不属于本机关职权范围",
        referred_to="示例省自然资源厅",
    )
    paper = applications.decline_notice(last_event("application.declined"))
    shape.check(paper, notices.DeclineNotice)
    assert paper["grounds"][0]["text"] == "不属于本机关职权范围"
    print_papers("application.declined")
    text = text_of(Document.objects.get(kind="decline_notice"))
    for part in ("不属于本机关职权范围", "请向示例省自然资源厅申请办理", "行政复议"):
        assert part in text


def test_what_needs_no_permit_has_a_paper_of_its_own(ready, print_papers):
    services.decline_application(
        submit(ready).pk, by=ready.world.approver, on=ready.today, ground="not_required", reason="不属于许可范围"
    )
    print_papers("application.declined")
    document = Document.objects.get(kind="not_required_notice")
    assert document.number == "示审不需〔2026〕1号"
    assert "依法不需要取得行政许可" in text_of(document)


def test_what_the_law_accepted_says_so_on_the_day_its_paper_is_made_out(ready, print_papers):
    """Received on Wednesday 9 September; nobody answered through the sixteenth; found on the eighteenth."""
    receipt.accept_by_law(submit(ready).pk, on=date(2026, 9, 18))
    print_papers("application.accepted")
    document = Document.objects.get(kind="acceptance_notice")
    assert document.issued_on == date(2026, 9, 18)
    text = text_of(document)
    for part in ("本申请视为自2026年9月9日起受理", "2026年10月13日", "2026年9月18日"):
        assert part in text


def test_a_grant_is_known_by_the_number_of_its_decision(ready, print_papers):
    pk = grant(ready).subject_id
    print_papers("application.granted")
    document = Document.objects.get(kind="grant_decision")
    assert document.number == "示审许〔2026〕1号"
    assert Application.objects.get(pk=pk).result_number == document.number
    assert last_event("application.result_numbered").facts["number"] == document.number


def test_a_number_of_the_departments_own_stays(ready, print_papers):
    pk = grant(ready, number="建字第140724202600001号").subject_id
    print_papers("application.granted")
    assert Application.objects.get(pk=pk).result_number == "建字第140724202600001号"
    assert Document.objects.get(kind="grant_decision").facts["certificate_number"] == "建字第140724202600001号"
    record_result_number(pk, by=None, on=ready.today, number="另一号")
    assert Application.objects.get(pk=pk).result_number == "建字第140724202600001号"


def test_what_is_no_permit_gets_no_decision_that_claims_one(ready, print_papers):
    assert Matter.objects.get(code="R05").is_permit is False
    grant(ready, "R05")
    print_papers("application.accepted", "application.granted")
    assert list(Document.objects.filter(place__event__kind__startswith="application.").values_list("kind")) == [
        ("acceptance_notice",)
    ]


@pytest.mark.parametrize("on", [date(2026, 8, 14), date(2026, 8, 15)])
def test_the_eia_approval_is_named_and_cited_as_on_the_day(ready, on):
    matter = Matter.objects.get(code="R09")
    assert matters.basis_on(matter, on) == citation("eia_approval", on)
    assert matters.name_on(matter, on).startswith("生态环境") == (on >= date(2026, 8, 15))


def test_the_sheet_keeps_the_conditions_of_the_moment(ready):
    event = last_event("project.stage_left")
    ready.obtain("R06")
    ready.record_evidence("contractor_chosen")
    paper = commencement.commencement_sheet(event)
    shape.check(paper, commencement_shapes.CommencementSheet)
    states = {row["label"]: row["state"] for row in paper["permit_conditions"]}
    assert states["建设工程规划许可证"] == "missing"
    assert states["已确定施工企业"] == "missing"
    assert paper["evidence"] == []
    assert paper["conclusion"].startswith("尚有")


def test_the_sheet_is_chinese_whatever_language_the_handler_reads(furniture):
    with translation.override("en"):
        furniture.to_commencement()
    paper = commencement.commencement_sheet(last_event("project.stage_left"))
    assert "尚未登记" in {row["detail"] for row in paper["permit_conditions"]}


def recorded(*facts: tuple[str, date] | tuple[str, date, int]) -> list[Evidence]:
    return [Evidence(kind=kind, happened_on=on, percent=rest[0] if rest else None) for kind, on, *rest in facts]


@pytest.mark.parametrize(
    ("evidence", "permit_on", "expected"),
    [
        ([], None, ["", "", "", ""]),
        ([("broke_ground", date(2026, 9, 1))], None, ["2026-09-01", "", "", ""]),
        # Whoever breaks ground before the permit has not begun as the Building Act wants it.
        ([("broke_ground", date(2026, 9, 1))], date(2026, 9, 5), ["2026-09-01", "", "", ""]),
        (
            [("broke_ground", date(2026, 9, 6)), ("foundation_pct", date(2026, 9, 20), 33)],
            date(2026, 9, 5),
            ["2026-09-06", "2026-09-06", "", ""],
        ),
        (
            [("foundation_pct", date(2026, 9, 20), 33), ("foundation_pct", date(2026, 9, 25), 34)],
            date(2026, 9, 5),
            ["", "", "2026-09-25", ""],
        ),
        (
            [("pile_complete", date(2026, 9, 2)), ("stat_registered", date(2026, 10, 1))],
            date(2026, 9, 5),
            ["", "", "2026-09-05", "2026-10-01"],
        ),
    ],
)
def test_commenced_is_read_for_each_purpose_from_dated_evidence(evidence, permit_on, expected):
    permit = Application(decided_on=permit_on) if permit_on else None
    of = {"pile_complete": "piles", "pit_finished": "deep_pit", "foundation_pct": "other"}
    founded = next((of[kind] for kind, *_ in evidence if kind in of), "")
    found = derived(recorded(*evidence), permit, date(2026, 11, 1), foundation_kind=founded)
    assert [row.on.isoformat() if row.on else "" for row in found] == expected
