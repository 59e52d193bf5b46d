"""Papers of a hearing: 听证权利告知书, 听证通知书, 听证笔录."""

from documents.facts.common import Application, Common, Contact


class HearingRightNotice(Common):
    """听证权利告知书 (第四十七条). ``ask_by`` the last day, ``ask_days`` and ``hold_days`` in words."""

    application: Application
    ground: str
    reason: str
    interested: str
    told_on: str
    ask_by: str
    ask_days: str
    hold_days: str
    contact: Contact


class HearingNotice(Common):
    """听证通知书 (第四十八条). ``asked_by`` "" where the authority holds it of its own motion."""

    application: Application
    ground: str
    reason: str
    asked_by: str
    interested: str
    planned_on: str
    planned_at: str
    place: str
    host: str
    contact: Contact


class HearingRecord(Common):
    """听证笔录: what was said, and who has confirmed it with his signature."""

    application: Application
    held_on: str
    place: str
    host: str
    asked_by: str
    record: str
    confirmed_by: str
