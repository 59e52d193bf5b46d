"""The paper of a determination that people settled: what counts, what the rules said, who, why and on what basis."""

from __future__ import annotations

from approvals.services.determinations import confirm_determinations
from approvals.services.overrides import approve_override, propose_override
from documents.models import Document
from tests.approvals.conftest import text_of


def test_both_outcomes_stand_on_the_paper_and_the_old_paper_counts_no_more(furniture, print_papers):
    w, pk, on = furniture.world, furniture.project.pk, furniture.today
    furniture.intake()
    confirm_determinations(pk, by=w.handler, on=on, seen={"eia": "not_subject", "energy": "exempt"})
    override = propose_override(
        pk,
        by=w.handler,
        on=on,
        kind="eia",
        outcome="report_table",
        reason="生态环境部门书面答复应编制报告表",
        basis="示环函〔2026〕8号",
        department=None,
    )
    approve_override(override.pk, by=w.lead, on=on, remark="同意")
    print_papers("determination.confirmed", "determination.superseded")

    old, new = Document.objects.filter(kind="eia_determination").order_by("pk")
    assert old.revoked_on == on
    assert "人工认定" in old.revoked_reason
    text = text_of(new)
    for words in (
        "应编制生态环境影响报告表（人工认定）",
        "规则结论为：不纳入环评管理",
        "生态环境部门书面答复应编制报告表",
        "示环函〔2026〕8号",
        f"认定人：{w.handler.name}",
        f"复核人：{w.lead.name}",
        "判定过程",
        "经批准后方可开工建设",
    ):
        assert words in text, words
    assert new.revoked_on is None
