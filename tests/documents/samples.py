"""Facts of every kind, fictional and as long as real ones. ``facts(kind)`` gives a fresh copy."""

from __future__ import annotations

import copy
from typing import Any

from documents.kinds import KINDS
from tests.documents.sample_aftermath import AFTERMATH
from tests.documents.sample_clocks import CLOCKS
from tests.documents.sample_commitments import COMMITMENTS
from tests.documents.sample_hearings import HEARINGS
from tests.documents.sample_notices import NOTICES
from tests.documents.sample_parts import BASIS, PROJECT
from tests.documents.sample_promise import PROMISE
from tests.documents.sample_stages import STAGES

__all__ = ["PROJECT", "SAMPLES", "facts", "printed"]

SAMPLES = {**STAGES, **COMMITMENTS, **NOTICES, **AFTERMATH, **CLOCKS, **HEARINGS, **PROMISE}


def facts(kind: str) -> dict[str, Any]:
    common = {"project": PROJECT, "basis": BASIS, "remarks": ""}
    return copy.deepcopy({**common, **SAMPLES[kind]})


def printed(kind: str, **imprint: str) -> dict[str, Any]:
    """The facts as ``services.issue`` completes them, without a database."""
    document = {
        "kind": kind,
        "title": KINDS[kind].title,
        "number": f"闻审{KINDS[kind].word}〔2026〕12号" if KINDS[kind].numbered else "",
        "verification_code": "7K3M-9QXR-0WHT-4ZC8",
        "verification_url": "http://localhost:8000/verify/7K3M-9QXR-0WHT-4ZC8/",
        "template_version": "test",
        "replaces": "",
        **imprint,
    }
    return {**facts(kind), "issuer": "闻喜县行政审批服务管理局", "issued_on": "2026-11-24", "document": document}
