"""联合办理综合批复: several departments' opinions, one reply."""

from typing import TypedDict

from documents.facts.common import Common, Remedy


class JointPart(TypedDict):
    """One matter with its department's own opinion and its day (ISO). ``remedies``: of a refusal, else none."""

    matter_code: str
    matter_name: str
    department: str
    opinion: str
    reason: str
    on: str
    basis: str
    granted: bool
    remedies: list[Remedy]
    supervising_body: str


class JointReply(Common):
    """联合办理综合批复: one decision, one day.

    ``counted_from``: the earliest acceptance; ``limit`` in words, ``due_on`` its last day. ``refused``: how many parts.
    """

    applicant: str
    started_on: str
    counted_from: str
    limit: str
    due_on: str
    decided_on: str
    parts: list[JointPart]
    refused: int
    reply: str
