"""The sheet of a public pre-check: the page of its result on paper, as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from approvals.models import Precheck
from approvals.rules.matters import MatterNeed
from approvals.rules.matters.catalogue import matters_on
from approvals.rules.precheck.answers import State
from approvals.rules.precheck.results import EIA, ENERGY
from approvals.selectors.precheck_words import given, in_plain_words
from approvals.selectors.prechecks import matter_groups, stand_of
from documents.facts.precheck import GivenLine, NeedLine, PrecheckSheet

UNKNOWN = "不清楚"


def precheck_sheet(precheck: Precheck, *, on: date) -> PrecheckSheet:
    """Facts for ``documents/precheck.html``, under the rules of a day."""
    state = State.from_json(precheck.answers)
    now = stand_of(state, on).results
    groups = matter_groups(now.matters)
    with translation.override("zh-hans"):
        return {
            "issued_on": on.isoformat(),
            "code": precheck.shown_code,
            "url": settings.SITE_URL + reverse("approvals:precheck-result", args=[precheck.code]),
            "expires_on": precheck.expires_on.isoformat(),
            "given": list(_given(state)),
            "eia": in_plain_words(now.eia, EIA, now, state),
            "energy": in_plain_words(now.energy, ENERGY, now, state),
            "yours": _lines(groups.yours),
            "government": _lines(groups.government),
            "spared": _lines(groups.spared),
            "unknown": _lines(groups.unknown),
            "matters_edition": matters_on(on).edition.edition,
        }


def _given(state: State) -> Iterable[GivenLine]:
    for page in given(state):
        lines = [
            f"{label}{'：' if label and not label.endswith('？') else ''}{value or UNKNOWN}"
            for label, value in page.lines
        ]
        yield {"heading": page.heading, "value": "；".join(lines)}


def _lines(needs: Iterable[MatterNeed]) -> list[NeedLine]:
    return [{"name": need.name, "reason": need.reason, "basis": need.basis} for need in needs]
