"""Tables to download, as spreadsheets read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that a spreadsheet would run


def csv_download(name: str, lines: Iterable[Sequence[str]]) -> HttpResponse:
    """The lines as ``name``.csv; what somebody typed is never run as a formula."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")  # so that spreadsheets read the characters right
    csv.writer(answer).writerows([_harmless(cell) for cell in line] for line in lines)
    return answer


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
