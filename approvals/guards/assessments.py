"""Regional results: what one has to say before projects may rest on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from approvals.errors import Blocker

BUSINESS_42 = "《优化营商环境条例》第四十二条"


def result_blockers(
    *,
    matter_code: str,
    unified: Collection[str],
    number: str,
    valid_from_on: date,
    valid_until_on: date,
    boundary: str,
    has_document: bool,
) -> list[Blocker]:
    """Its matter, number, validity, boundary and the document itself. ``unified``: codes of the unified services."""
    found = []
    if matter_code not in unified:
        found.append(Blocker("matter-not-unified", _("该事项不是政府统一服务事项"), BUSINESS_42))
    if not number.strip():
        found.append(Blocker("number-missing", _("请填写审查意见文号")))
    if valid_until_on < valid_from_on:
        found.append(Blocker("validity-reversed", _("有效期的结束不能早于开始")))
    if not boundary.strip():
        found.append(Blocker("boundary-missing", _("请写明成果的四至或边界")))
    if not has_document:
        found.append(Blocker("document-missing", _("请上传成果文件")))
    return found
