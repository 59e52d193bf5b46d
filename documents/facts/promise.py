"""The promise after its grant: 承诺核查记录, 限期整改通知书, 撤销承诺制决定书."""

from typing import TypedDict

from documents.facts.common import Common, Contact, Ground, Remedy


class CheckedMatter(TypedDict):
    """``result`` in words; ``found`` is what was seen, "" where it was all there."""

    code: str
    name: str
    standard: str
    result: str
    found: str


class VerificationRecord(Common):
    """承诺核查记录. ``version``: of the promise, in words; ``evidence``: names of the files that belong to it."""

    decision_number: str
    letter_on: str
    version: str
    planned_on: str
    checked_on: str
    checked_by: str
    office: str
    matters: list[CheckedMatter]
    conclusion: str
    note: str
    evidence: list[str]


class RectificationNotice(Common):
    """限期整改通知书. ``limit`` in words, such as "5个工作日"; ``due_on`` its last day."""

    decision_number: str
    checked_on: str
    breaches: list[CheckedMatter]
    reason: str
    demand: str
    limit: str
    due_on: str
    provisional: bool
    consequences: list[str]
    contact: Contact


class RevocationDecision(Common):
    """撤销承诺制决定书. ``reaches``: what ends with it; ``credit``: the entry and its consequence, in words."""

    decision_number: str
    decided_on: str
    grounds: list[Ground]
    heard: str
    reaches: list[str]
    credit: str
    remedies: list[Remedy]


class ChangedItem(TypedDict):
    """``before`` and ``after`` are the terms, "" where nothing was said; ``dropped``: promised no longer."""

    code: str
    name: str
    before: str
    after: str
    dropped: bool


class CommitmentChange(Common):
    """承诺变更答复书. ``version`` and ``in_force_on`` of the new promise, "" where it stays as it was."""

    decision_number: str
    asked_on: str
    content: str
    reason: str
    agreed: bool
    reply: str
    items: list[ChangedItem]
    version: str
    in_force_on: str
