"""Who reviews: fixed by the order at the provincial level and above, a local setting below it.

Shanxi's own division between city and county was not found, so every profile says whether it is confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.evaluator import number
from approvals.rules.spans import Span

Profile = Mapping[str, Any]  # {label, confirmed, steps: [{below_tce?, authority}]}
ABOVE = {"provincial": "province", "state": "NDRC"}
LABELS = {"county": "县级", "city": "市级", "province": "省级", "NDRC": "国家发展改革委"}


@dataclass(frozen=True, slots=True)
class Authority:
    """``name`` is county, city, province, NDRC or None; ``label`` names the setting that was used."""

    name: str | None
    label: str = ""
    warnings: tuple[str, ...] = ()


def authority_for(
    outcome: str, tce: Span, *, two_high: bool | None, edition: Edition, profile: str | Profile | None
) -> Authority:
    """The reviewing level. Raises ``LookupError`` for a profile name that the edition does not know."""
    if outcome in ABOVE:
        return Authority(ABOVE[outcome])
    if outcome not in ("sub_provincial", "regional_commitment"):
        return Authority(None)
    chosen = _profile(edition, profile)
    ends = [_step(chosen, tce.low), _step(chosen, tce.high)]
    codes = [] if chosen.get("confirmed") else ["AUTHORITY_UNCONFIRMED"]
    never = edition.data["two_high_never"]
    if never and never["authority"] in ends:
        if two_high:
            ends = [never["instead"] if end == never["authority"] else end for end in ends]
        elif two_high is None:
            codes.append("TWO_HIGH_UNKNOWN")
    if ends[0] != ends[1]:
        return Authority(None, chosen["label"], (*codes, "AUTHORITY_OPEN"))
    return Authority(ends[0], chosen["label"], tuple(codes))


def _profile(edition: Edition, profile: str | Profile | None) -> Profile:
    if isinstance(profile, Mapping):
        return profile
    known: Mapping[str, Profile] = edition.data["authority_profiles"]
    name = profile or edition.data["default_profile"]
    if name not in known:
        raise LookupError(f"no energy authority profile {name!r}")
    return known[name]


def _step(profile: Profile, tce: Decimal) -> str:
    for step in profile["steps"]:
        if "below_tce" not in step or tce < number(step["below_tce"]):
            return str(step["authority"])
    raise LookupError("the last step of an authority profile must have no upper end")
