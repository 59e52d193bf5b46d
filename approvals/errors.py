"""Refusals: the request was understood and the rules say no.

A refusal is an answer for the person at the counter. Bugs stay ``AssertionError`` or ``TypeError``.
``config.middleware.RefusalMiddleware`` is the only place that turns a refusal into a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why an action is not allowed now, written for the person at the counter."""

    code: str
    message: str
    basis: str = ""  # legal basis, e.g. "《行政许可法》第三十二条"


class Refusal(Exception):
    """The request was understood and the rules say no."""

    code = "refused"
    http_status = 409

    def __init__(self, message: str, *, blockers: Sequence[Blocker] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.blockers = tuple(blockers)

    def __str__(self) -> str:
        return "；".join((self.message, *(blocker.message for blocker in self.blockers)))


class GuardFailed(Refusal):
    """The object is in the right state but a precondition is not met. Lists every blocker at once."""

    code, http_status = "guard-failed", 422


class WrongState(Refusal):
    """The object has moved on; the page the user acted on is stale."""

    code, http_status = "wrong-state", 409


class NotYours(Refusal):
    """The actor has no standing in this matter."""

    code, http_status = "not-yours", 403
