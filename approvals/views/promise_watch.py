"""The supervisor's page of promises: breaches, orders to rectify with their days, and the credit file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from approvals.accounts.access import open_to
from approvals.accounts.roles import LEAD, SUPERVISE
from approvals.selectors import promise_watch as selectors
from approvals.selectors.promise_watch import Watched, watched_promises
from approvals.views.downloads import csv_download
from approvals.views.people import viewer


@open_to(SUPERVISE, LEAD)
def promises(request: HttpRequest) -> HttpResponse:
    """With ``?format=csv&table=breaches`` or ``credit`` as a table to download."""
    on = timezone.localdate()
    found = watched_promises(viewer(request), on=on)
    if request.GET.get("format") == "csv":
        if request.GET.get("table") == "credit":
            return csv_download("credit-records", _credit_lines(found))
        return csv_download("promise-breaches", _breach_lines(found))
    context = {
        "found": found,
        "on": on,
        "unanswered": found.in_state(selectors.UNANSWERED, selectors.FAILED),
        "running": found.in_state(selectors.RUNNING),
        "overdue": found.in_state(selectors.OVERDUE),
    }
    return render(request, "approvals/area_promises.html", context)


def _breach_lines(found: Watched) -> Iterator[list[str]]:
    yield ["项目编号", "项目", "核查机关", "核查日期", "未履行的承诺事项", "整改期限", "状态", "复查日期", "复查情况"]
    for row in found.breaches:
        check, order = row.verification, row.order
        project = check.commitment.project
        told = (
            [_day(order.due_on), str(row.label), _day(order.closed_on), order.found]
            if order
            else ["", str(row.label), "", ""]
        )
        yield [
            str(project.pk),
            project.name,
            check.department.name,
            _day(check.recorded_on),
            "、".join(row.broken),
            *told,
        ]


def _credit_lines(found: Watched) -> Iterator[list[str]]:
    yield [
        "企业",
        "统一社会信用代码",
        "类别",
        "涉及事项",
        "依据",
        "来源",
        "起始日期",
        "禁止再次申请至",
        "修复日期",
        "状态",
    ]
    for row in found.credit:
        record = row.record
        yield [
            record.enterprise.name,
            record.enterprise.uscc,
            row.label,
            record.matter_code,
            record.basis,
            record.source,
            _day(record.from_on),
            _day(record.until_on),
            _day(record.repaired_on),
            "生效中" if row.holds else "已修复或届满",
        ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
