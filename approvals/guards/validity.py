"""Whether a granted result can still be used. Computed from dates, stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words
from approvals.rules.validity import Span, last_day, span_for

if TYPE_CHECKING:
    from approvals.models import Application, Project

BROKE_GROUND = "broke_ground"


@dataclass(frozen=True, slots=True)
class Validity:
    """``started_on``: construction began in time, so the result stays good. ``extended``: how often prolonged.

    ``is_estimate``: the law counts from the handing over (自领取之日起), which has not been recorded yet; counted from
    the day of the decision it warns too early, and lapses nothing.
    """

    span: Span
    lapses_on: date
    started_on: date | None
    extended: int
    basis: str
    is_estimate: bool = False

    def is_lapsed(self, on: date) -> bool:
        return self.started_on is None and on > self.lapses_on and not self.is_estimate

    def days_left(self, on: date) -> int:
        return (self.lapses_on - on).days


def validity_of(application: Application) -> Validity | None:
    """None where it was not granted, or no law sets an end to it."""
    if application.state != application.State.GRANTED or application.decided_on is None:
        return None
    span = span_for(application.matter.code, application.decided_on)
    if span is None:
        return None
    extended = min(len(application.validity_extensions.all()), span.extensions)
    handed_over_on = _handed_over_on(application)
    start = handed_over_on if span.start == "delivered" and handed_over_on else application.decided_on
    lapses_on = last_day(span, start, extended=extended)
    began = _began(application.project)
    started_on = began if began is not None and began <= lapses_on else None
    is_estimate = span.start == "delivered" and handed_over_on is None
    return Validity(span, lapses_on, started_on, extended, span.basis or application.matter.legal_basis, is_estimate)


def has_lapsed(application: Application, on: date) -> bool:
    """As ``validity_of``, without looking anything up while the shortest possible end is still ahead."""
    if application.decided_on is None:
        return False
    span = span_for(application.matter.code, application.decided_on)
    if span is None or on <= last_day(span, application.decided_on):
        return False
    found = validity_of(application)
    return found is not None and found.is_lapsed(on)


def filing_validity(project: Project) -> Validity | None:
    """Of a project's verification (核准), which no application shows. None for a filing, which has no end."""
    if project.filed_on is None or (span := span_for(project.filing_kind, project.filed_on)) is None:
        return None
    lapses_on, began = last_day(span, project.filed_on), _began(project)
    return Validity(span, lapses_on, began if began is not None and began <= lapses_on else None, 0, span.basis)


def lapse_blockers(application: Application, *, on: date) -> list[Blocker]:
    """Only what has run out unused is put on record as lapsed."""
    validity = validity_of(application)
    if validity is None or not validity.is_lapsed(on):
        return [Blocker("not-lapsed", _("该结果没有失效"), application.matter.legal_basis)]
    return []


def validity_extension_blockers(application: Application, *, reason: str, on: date) -> list[Blocker]:
    """Only what the law prolongs, as often as it does, and while it is still good."""
    validity = validity_of(application)
    if validity is None or validity.span.extensions == 0:
        return [Blocker("no-extension", _("该结果没有可以延期的规定"), application.matter.legal_basis)]
    found = [] if reason.strip() else [Blocker("reason-missing", _("请写明延期的理由"), validity.basis)]
    if validity.extended >= validity.span.extensions:
        message = _("延期以%(times)s次为限，已经用完") % {"times": validity.span.extensions}
        found.append(Blocker("extended-out", message, validity.basis))
    if validity.started_on is not None:
        found.append(Blocker("started", _("已经开工，不需要延期"), validity.basis))
    if validity.is_lapsed(on):
        message = _("已于%(day)s后失效，不能再延期") % {"day": day_in_words(validity.lapses_on)}
        found.append(Blocker("lapsed", message, validity.basis))
    return found


def _handed_over_on(application: Application) -> date | None:
    return next((row.delivered_on for row in application.deliveries.all() if row.superseded_on is None), None)


def _began(project: Project) -> date | None:
    days = [row.happened_on for row in project.evidence.all() if row.kind == BROKE_GROUND]
    return min(days, default=None)
