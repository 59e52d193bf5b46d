"""The supervisor's page: from a number to the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.roles import LEAD, SUPERVISE
from approvals.selectors.calendar import working_calendar
from workflows import supervision as selectors
from workflows.due import due_soon_until, with_remaining

PAGE_SIZE = 50
LIGHTS = {
    "overdue": (gettext_lazy("已逾期"), "danger"),
    "soon": (gettext_lazy("即将到期"), "warning"),
    "all": (gettext_lazy("全部未办结"), "info"),
    "unlimited": (gettext_lazy("未设期限"), "neutral"),
}
BREAKDOWNS: dict[str, tuple[Any, Callable[..., list[dict[str, Any]]]]] = {
    "department": (gettext_lazy("按机构"), selectors.by_department),
    "handler": (gettext_lazy("按办理人"), selectors.by_handler),
    "area": (gettext_lazy("按区域"), selectors.by_area),
    "step": (gettext_lazy("按环节"), selectors.by_step),
}


@open_to(SUPERVISE, LEAD)
def supervision(request: HttpRequest) -> HttpResponse:
    """Numbers first, each opens its rows; one breakdown at a time; the rows, overdue first."""
    on, calendar = timezone.localdate(), working_calendar()
    soon_until = due_soon_until(on, calendar)
    light, by = _chosen(request, "light", LIGHTS), _chosen(request, "by", BREAKDOWNS)
    everything = selectors.supervised_items(signed_in(request), on=on)
    lines = BREAKDOWNS[by][1](everything, on=on, soon_until=soon_until)
    key = request.GET.get("key", "")
    items = selectors.drilled(everything, by=by, key=key) if key else everything
    shown = selectors.narrowed(items, on=on, soon_until=soon_until, light=light)
    page = Paginator(selectors.with_shelf(shown, on=on), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.totals(everything, on=on, soon_until=soon_until)
    context = {
        "totals": counts,
        "lights": _lights(counts, light, by),
        "breakdowns": [
            {"label": label, "url": f"?light={light}&by={code}", "active": code == by}
            for code, (label, _count) in BREAKDOWNS.items()
        ],
        "lines": lines,
        "by": by,
        "page": page,
        "rows": with_remaining(page.object_list, calendar=calendar, on=on),
        "light": light,
        "light_label": LIGHTS[light][0],
        "soon_until": soon_until,
        "line": next((line for line in lines if key and str(line["key"]) == key), None),
    }
    return render(request, "workflows/supervision.html", context)


def _chosen(request: HttpRequest, name: str, options: Mapping[str, Any]) -> str:
    given = request.GET.get(name, "")
    return given if given in options else next(iter(options))


def _lights(counts: dict[str, int], light: str, by: str) -> list[dict[str, Any]]:
    number = {"all": counts["open"]} | counts
    return [
        {
            "label": label,
            "tone": tone,
            "number": number[code],
            "url": f"?light={code}&by={by}#cases",
            "active": code == light,
        }
        for code, (label, tone) in LIGHTS.items()
    ]
