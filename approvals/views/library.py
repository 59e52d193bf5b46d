"""The rule library: the law that the product applies, open to everybody, to browse, search and compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.accounts.access import PUBLIC, open_to
from approvals.accounts.models import User
from approvals.accounts.roles import ADMINISTER, SUPERVISE, standing
from approvals.rules import library
from approvals.rules.editions import Edition

PAGE_SIZE = 30
LONGEST_QUERY = 100  # characters; nobody searches for more


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an edition is the law on a day: the word on its tag and the tone."""

    label: Any
    tone: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One table with its editions, newest first."""

    name: str
    label: str
    editions: list[tuple[library.Volume, Standing]]
    has_cases: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in a list; ``columns`` is () where its clauses are not those of the columns."""

    entry: library.Entry
    columns: list[tuple[str, str]]


@open_to(PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Every table and edition, or what a search finds in them."""
    on = timezone.localdate()
    query, table = _query(request), request.GET.get("table", "")
    only = on if request.GET.get("current") else None
    hits = library.search(query, name=table, on=only) if query else ()
    page = Paginator([(hit, standing_of(hit.volume.edition, on)) for hit in hits], PAGE_SIZE)
    context: dict[str, Any] = {
        "query": query,
        "table": table,
        "current": bool(only),
        "page": page.get_page(request.GET.get("page")),
        "shelves": [_shelf(name, on) for name in library.tables()],
        "may_ask_impact": _may_ask_impact(request, on),
    }
    return render(request, "approvals/rules/index.html", context)


@open_to(PUBLIC)
def edition(request: HttpRequest, table: str, edition: str) -> HttpResponse:
    """The entries of one edition, by group or search."""
    volume, on = _volume(table, edition), timezone.localdate()
    query, group = _query(request), request.GET.get("group", "")
    found = [entry for entry in library.matching(query, volume.entries) if group in ("", entry.group)]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "volume": volume,
        "standing": standing_of(volume.edition, on),
        "query": query,
        "group": group,
        "page": page,
        "rows": [Row(entry, _columns(entry, volume)) for entry in page.object_list],
        "others": [other for other in library.volumes(table) if other is not volume],
        "structured": sum(entry.structured for entry in volume.entries),
    }
    return render(request, "approvals/rules/edition.html", context)


@open_to(PUBLIC)
def entry(request: HttpRequest, table: str, edition: str, key: str) -> HttpResponse:
    """One row: its clauses, our reading of them, where they stand, and the cases that test it."""
    volume = _volume(table, edition)
    if key not in volume.by_key:
        raise Http404
    found = volume.by_key[key]
    place = volume.entries.index(found)
    context: dict[str, Any] = {
        "volume": volume,
        "standing": standing_of(volume.edition, timezone.localdate()),
        "entry": found,
        "confidence": library.CONFIDENCE.get(found.confidence, ""),
        "cases": library.cases_of(table, edition, key),
        "has_cases": table in library.tables_with_cases(),
        "by_hand": table == "eia" and key.isdecimal() and not found.structured,
        "before": volume.entries[place - 1] if place else None,
        "after": volume.entries[place + 1] if place + 1 < len(volume.entries) else None,
        "elsewhere": [other for other in library.volumes(table) if other is not volume and key in other.by_key],
    }
    return render(request, "approvals/rules/entry.html", context)


@open_to(PUBLIC)
def compare(request: HttpRequest, table: str) -> HttpResponse:
    """Two editions of one table: by default the two newest."""
    shelf = library.volumes(table) if table in library.tables() else ()
    if len(shelf) < 2:
        raise Http404
    older = _volume(table, request.GET.get("from", shelf[1].edition.edition))
    newer = _volume(table, request.GET.get("to", shelf[0].edition.edition))
    context: dict[str, Any] = {"shelf": shelf, "older": older, "newer": newer, "result": library.compare(older, newer)}
    return render(request, "approvals/rules/compare.html", context)


def _may_ask_impact(request: HttpRequest, on: date) -> bool:
    held = standing(request.user, on).permissions if isinstance(request.user, User) else frozenset()
    return not held.isdisjoint({ADMINISTER, SUPERVISE})


def standing_of(edition: Edition, on: date) -> Standing:
    """In force, over, or still to come."""
    if edition.covers(on):
        return Standing(_("现行"), "success")
    return Standing(_("已失效"), "neutral") if edition.in_force_from <= on else Standing(_("尚未施行"), "info")


def _shelf(name: str, on: date) -> Shelf:
    volumes = library.volumes(name)
    return Shelf(
        name=name,
        label=volumes[0].label,
        editions=[(volume, standing_of(volume.edition, on)) for volume in volumes],
        has_cases=name in library.tables_with_cases(),
    )


def _columns(entry: library.Entry, volume: library.Volume) -> list[tuple[str, str]]:
    clauses = {clause.label: clause.quote for clause in reversed(entry.clauses)}
    if clauses.keys().isdisjoint(volume.columns):
        return []
    return [(column, clauses.get(column, "")) for column in volume.columns]


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST_QUERY]


def _volume(table: str, edition: str) -> library.Volume:
    try:
        return library.volume(table, edition)
    except LookupError:
        raise Http404 from None
