"""What follows a decision: its delivery, the hand-over to the supervising department, its annulment; and a filing."""

from typing import TypedDict

from documents.facts.common import Application, Common, Ground, Remedy


class DeliveryReceipt(Common):
    """送达回证: which paper was handed to whom, how and when. ``due_on``: the last day the law allows."""

    application: Application
    paper_title: str
    paper_number: str
    decided_on: str
    due_on: str
    method: str
    recipient: str
    delivered_on: str
    delivered_by: str
    note: str


class HandedMaterial(TypedDict):
    name: str
    note: str


class HandoverSheet(Common):
    """办结移交单: what the approving department hands to the one that supervises from now on.

    ``conditions``: what the holder has to do or keep; ``lapses_on``: until when the result has to be used, "" if
    nothing says so, with ``lapse_note`` in words.
    """

    application: Application
    to: str
    decision: str
    result_number: str
    decided_on: str
    conditions: list[str]
    lapses_on: str
    lapse_note: str
    materials: list[HandedMaterial]
    approver: str


class AnnulmentDecision(Common):
    """撤销行政许可决定书. ``permit_number``: the number of what is annulled. ``effect`` in words."""

    application: Application
    permit_number: str
    granted_on: str
    grounds: list[Ground]
    effect: str
    remedies: list[Remedy]


class FilingReceipt(Common):
    """备案回执: complete information has been received, and with that it is filed."""

    application: Application
    filed_on: str
    materials: list[HandedMaterial]
