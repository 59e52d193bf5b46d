"""Events as sentences, for templates that were handed events."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from approvals.models import Event
from approvals.selectors.history import Line, lines

register = template.Library()


@register.filter
def as_lines(events: Iterable[Event]) -> list[Line]:
    return lines(events)
