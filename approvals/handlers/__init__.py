"""Reactions to events, run from the outbox: papers and messages. Importing this package registers them."""

from approvals.handlers import (
    calendars,
    consultations,
    documents,
    documents_aftermath,
    documents_hearings,
    documents_promise,
    duties,
    hearings,
    impact,
    messages,
    substitutions,
)

__all__ = [
    "calendars",
    "consultations",
    "documents",
    "documents_aftermath",
    "documents_hearings",
    "documents_promise",
    "duties",
    "hearings",
    "impact",
    "messages",
    "substitutions",
]
