"""Full agency service: 代办委托书, 项目事项清单."""

from typing import NotRequired, TypedDict

from documents.facts.common import Common, Contact, Pair


class Person(TypedDict):
    name: str
    position: str
    organisation: str
    phone: str


class MandatedMatter(TypedDict):
    code: str
    name: str


class Mandate(Common):
    """代办委托书. ``scope_label``: 全部 or 部分. ``powers``: what the handler may do beyond the fixed list ("" none).

    ``signatory`` "" leaves a line to sign by hand; ``until_on`` "" runs until the work is done.
    """

    agent: str
    legal_representative: str
    contact: Contact
    scope_label: str
    matters: list[MandatedMatter]
    handlers: list[Person]
    lead: Person
    from_on: str
    until_on: str
    powers: NotRequired[list[str]]
    signatory: str
    signed_on: str


class MatterRow(TypedDict):
    """``status``: machine word (required, not_required, question, done …); ``status_label`` is printed."""

    code: str
    name: str
    status: str
    status_label: str
    route_label: str
    authority: str
    statutory_limit: str
    promised_limit: str
    reason: str
    basis: str
    prerequisites: list[str]


class MatterList(Common):
    """项目事项清单. ``summary``: a line of counts above the table."""

    as_of_on: str
    rows: list[MatterRow]
    summary: NotRequired[list[Pair]]
    contact: NotRequired[Contact]
