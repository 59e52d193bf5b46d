"""The papers of a promise after its grant, and the decision that no longer counts."""

from __future__ import annotations

from documents.models import Document
from tests.approvals.conftest import text_of
from tests.approvals.test_verifications import check, order, revoke


def test_check_order_and_revocation_are_on_paper_and_the_decision_is_taken_back(furniture, print_papers):
    for stage in ("intake", "signing", "commitment"):
        getattr(furniture, stage)()
    row = check(furniture)
    order(furniture, row)
    revoke(furniture, ground="false_commitment", reason="承诺时设施并不存在")
    print_papers("commitment.noticed", "commitment.pledged", "commitment.publicised", "commitment.decided")
    print_papers("commitment.verified", "commitment.rectification_ordered", "commitment.revoked")

    papers = {document.kind: document for document in Document.objects.order_by("pk")}
    record, notice = text_of(papers["verification_record"]), text_of(papers["rectification_notice"])
    assert "未建拦挡和排水设施" in record
    assert "其中1项未全部履行" in record
    assert "5个工作日" in notice
    assert "2026年9月16日" in notice
    revocation = text_of(papers["revocation_decision"])
    for words in ("虚假承诺：承诺时设施并不存在", "国办发〔2020〕42号", "信用修复前不适用告知承诺", "行政复议", "陈述"):
        assert words in revocation, words
    decision = papers["commitment_decision"]
    assert decision.revoked_on == furniture.today
    assert decision.number in revocation
