"""The commitment track: 告知书, 承诺书, 公示文本, 承诺制批复决定书."""

from typing import NotRequired, TypedDict

from documents.facts.common import Common, Contact


class NoticeMatter(TypedDict):
    """``standard``: the norm and its edition. ``supervision``: how the promise will be checked."""

    code: str
    name: str
    authority: str
    standard: str
    conditions: list[str]
    materials: list[str]
    supervision: str


class NoticeOfConditions(Common):
    """告知书. ``consequences``: what follows from a breach. ``reply_by_on``: "" where there is no date."""

    matters: list[NoticeMatter]
    consequences: list[str]
    ordinary_route: NotRequired[str]
    reply_by_on: str
    contact: Contact


class PromisedMatter(TypedDict):
    """``met`` already, or by ``met_by_on`` (ISO date, "" when met)."""

    code: str
    name: str
    standard: str
    promise: str
    met: bool
    met_by_on: str


class CommitmentLetter(Common):
    """承诺书, spoken by the enterprise. ``signatory`` "" leaves a line to sign by hand.

    ``consequences``: the articles' consequences that the enterprise accepts, beyond the fixed declarations.
    """

    legal_representative: str
    plot_number: str
    addressee: str
    notice_number: str
    notice_on: str
    matters: list[PromisedMatter]
    consequences: list[str]
    signatory: str
    capacity: str
    signed_on: str


class PublicMatter(TypedDict):
    code: str
    name: str
    standard: str


class CommitmentPublicity(Common):
    """公示文本. ``period`` in words, such as "5个工作日"; objections go to ``contact``."""

    letter_on: str
    matters: list[PublicMatter]
    from_on: str
    until_on: str
    period: str
    channel: str
    contact: Contact


class ApprovedMatter(TypedDict):
    code: str
    name: str
    standard: str
    decision: str


class CommitmentDecision(Common):
    """承诺制批复决定书. ``publicity_result`` and ``site_check`` in words ("" where there was no check)."""

    letter_code: str
    letter_on: str
    publicity_from_on: str
    publicity_until_on: str
    publicity_result: str
    site_check: str
    matters: list[ApprovedMatter]
    obligations: list[str]
    supervising_body: str
