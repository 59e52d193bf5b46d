"""Parts shared by the facts of several kinds."""

from typing import Any, NotRequired, TypedDict


class Project(TypedDict):
    """``code`` is the national platform's project code; "" prints 尚未赋码. ``site`` is the place or parcel."""

    name: str
    code: str
    enterprise: str
    uscc: str
    site: str


class Basis(TypedDict):
    """``law`` without or with 《》, ``article`` such as "第三十二条", ``note`` such as an edition or a quotation."""

    law: str
    article: str
    note: str


class Pair(TypedDict):
    label: str
    value: str


class Contact(TypedDict):
    name: str
    phone: str
    address: str


class Common(TypedDict):
    """``issuer`` and ``issued_on`` are written by ``services.issue`` from its arguments, whatever is passed."""

    project: Project
    basis: NotRequired[list[Basis]]
    remarks: NotRequired[str]
    issuer: NotRequired[str]
    issued_on: NotRequired[str]


class Application(TypedDict):
    """The matter applied for. ``case`` is the case number at the counter (办件编号), "" where there is none."""

    matter_code: str
    matter_name: str
    case: str
    applicant: str
    applied_on: str


class Remedy(TypedDict):
    """``way`` such as 行政复议, ``to`` whom, ``within`` what period in words, ``basis`` its article."""

    way: str
    to: str
    within: str
    basis: str


class Ground(TypedDict):
    """One reason of a decision and the article it rests on."""

    text: str
    basis: str


class Reason(TypedDict):
    text: str
    quote: str
    basis: str
    decisive: bool


class Question(TypedDict):
    fact: str
    text: str


class Answer(TypedDict):
    """What ``approvals.rules.answer.Answer.as_json()`` gives."""

    kind: str
    outcome: str
    on: str
    edition: str
    sha256: str
    source: str
    headline: str
    reasons: list[Reason]
    missing: list[Question]
    trace: list[dict[str, Any]]
    figures: dict[str, Any]
    duties: list[str]
    warnings: list[str]
