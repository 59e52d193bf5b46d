"""Notices and decisions on one application: 收件, 受理, 不予受理, 一次性补正, 准予, 不予."""

from typing import NotRequired, TypedDict

from documents.facts.common import Application, Common, Contact, Ground, Remedy


class ReceivedMaterial(TypedDict):
    """``note`` such as 原件1份."""

    name: str
    note: str


class DeferredMaterial(TypedDict):
    """A material accepted later (容缺). It holds up the certificate, not the clock."""

    name: str
    due_on: str


class MaterialReceipt(Common):
    """材料收件凭证. ``handed_in_at`` such as "18:05", "" where the moment is not known.

    ``received_on`` is the day of receipt, which does not count, ``received_because`` why it is not the day itself, or
    ""; ``counts_from`` is the first counted day, ``tell_by`` the last on which anything missing may be told.
    ``answers``: the day of the supplement notice that this answers, or "".
    """

    application: Application
    handed_in_on: str
    handed_in_at: str
    received_on: str
    received_because: str
    counts_from: str
    tell_by: str
    provisional: bool
    answers: str
    materials: list[ReceivedMaterial]
    deferred: list[DeferredMaterial]
    contact: Contact


class AcceptanceNotice(Common):
    """受理通知书. Limits in words ("20个工作日"); due dates ISO.

    ``provisional``: the calendar of the due year is not published yet. ``deemed``: accepted by law from the day
    of receipt because no notice of supplement went out in time.
    """

    application: Application
    received_on: str
    accepted_on: str
    deemed: bool
    statutory_limit: str
    statutory_due_on: str
    promised_limit: str
    promised_due_on: str
    provisional: bool
    materials: list[ReceivedMaterial]
    deferred: list[DeferredMaterial]
    contact: Contact


class Correction(TypedDict):
    """``correction``: what was wrong and what it says now."""

    name: str
    correction: str


class CorrectionRecord(Common):
    """当场更正记录: what the applicant set right at the counter, and who of the applicant did."""

    application: Application
    received_on: str
    items: list[Correction]
    corrected_by: str
    contact: Contact


class DeclineNotice(Common):
    """不予受理通知书 (not competent) and 不受理告知书 (no permit needed). ``refer_to``: the body to turn to, or ""."""

    application: Application
    received_on: str
    grounds: list[Ground]
    refer_to: str
    remedies: list[Remedy]


class SupplementItem(TypedDict):
    name: str
    problem: str
    requirement: str
    basis: str


class SupplementFact(TypedDict):
    """Something that the applicant stated. ``stated``: its words, "" where nothing was."""

    name: str
    stated: str
    problem: str
    basis: str


class SupplementNotice(Common):
    """一次性补正告知书: every item at once. ``due_on`` for the applicant; ``effect`` of not answering, in words.

    ``items``: materials to bring anew; ``facts``: what the applicant stated and has to set right.
    """

    application: Application
    received_on: str
    items: list[SupplementItem]
    facts: list[SupplementFact]
    due_on: str
    due_limit: str
    effect: NotRequired[str]
    contact: Contact


class GrantDecision(Common):
    """准予行政许可决定书. ``decision``: what is granted. Validity dates "" where unlimited."""

    application: Application
    accepted_on: str
    decision: str
    conditions: list[str]
    certificate_number: str
    valid_from_on: str
    valid_until_on: str
    validity_note: NotRequired[str]
    supervising_body: str
    remedies: NotRequired[list[Remedy]]


class RefusalDecision(Common):
    """不予行政许可决定书: reasons and remedies are mandatory contents."""

    application: Application
    accepted_on: str
    grounds: list[Ground]
    remedies: list[Remedy]
