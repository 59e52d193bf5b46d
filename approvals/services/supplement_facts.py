"""The facts that a supplement notice names, in the words of the day it was told and of the day it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from approvals.models import Application, ProjectFacts
from approvals.selectors.fact_sheet import stated_in_words


def as_stated(application: Application, facts: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """``{"fact", "problem"}`` with what is stated now (``was``). Facts go on changing; what was told does not."""
    stated = application.project.facts
    return [{**row, "was": _in_chinese(stated, row["fact"])} for row in facts]


def answer_notice(application: Application, *, on: date) -> None:
    """The open notice is answered: what its facts say on that day stays with it. Inside the caller's transaction."""
    stated = application.project.facts
    for notice in application.supplement_notices.select_for_update().filter(answered_on=None):
        notice.answered_on = on
        notice.facts = [{**row, "now": _in_chinese(stated, row["fact"])} for row in notice.facts]
        notice.save(update_fields=["answered_on", "facts"])


def _in_chinese(stated: ProjectFacts, name: str) -> str:
    """For the notice and its record, whatever language the person reads who sends it."""
    with translation.override("zh-hans"):
        return stated_in_words(stated, name)
