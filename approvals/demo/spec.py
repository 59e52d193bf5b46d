"""What one demonstration project is and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from approvals.demo.carrier import Carrier

Steering = tuple[str, int]  # the state an application is brought to, and how many working days ago


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One project.

    Attributes:
        upto: the last step of ``journey.JOURNEY`` that has been done.
        idle: working days between that step and the reference day.
        applications: matter code → state and working days ago, from ``handling.PATHS``.
        first, then: what else happens before and after the ``applications`` are brought there.
    """

    name: str
    park: str
    company: str
    industry: str
    group: str
    facts: Mapping[str, Any]
    activities: tuple[dict[str, Any], ...] = ()
    energy: tuple[dict[str, Any], ...] | None = None  # None: nobody has filled it in
    boilers: tuple[dict[str, Any], ...] | None = ()
    upto: str = "register"
    idle: int = 1
    plot: int = 0
    ordinary: str = ""  # why the ordinary route was taken
    pledged: tuple[str, ...] = ("C02",)
    policies: tuple[tuple[str, str], ...] = ()
    second_handler: bool = False
    at_counter: bool = False  # registered by the handler, not by the enterprise
    partial_mandate: tuple[str, ...] = ()
    project_company: str = ""  # founded after the signing
    applications: Mapping[str, Steering] = field(default_factory=dict)
    first: Callable[[Carrier], None] | None = None
    then: Callable[[Carrier], None] | None = None
