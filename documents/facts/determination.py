"""What the rules say of a project: 环评判定书, 节能审查判定书."""

from typing import NotRequired, TypedDict

from documents.facts.common import Answer, Common, Pair


class Step(TypedDict):
    """One step of the trace in words. ``facts``: what it looked at, as one sentence; "" where it looked at none."""

    title: str
    text: str
    facts: str
    result: str


class Override(TypedDict):
    """What two people settled otherwise than the rules. ``attachment``: name of the file, "" where there is none."""

    headline: str
    reason: str
    basis: str
    attachment: str
    proposed_by: str
    proposed_on: str
    settled_by: str
    settled_on: str
    remark: str


class Determination(Common):
    """``facts_used``: the declared facts as labels and values. ``figures``: results to print beside them.

    ``answer`` is the rules' own, also where ``override`` says what counts instead; ``duties`` are those of what counts.
    ``deciding``: an open question and which answer would settle what.
    """

    answer: Answer
    facts_used: list[Pair]
    figures: NotRequired[list[Pair]]
    steps: NotRequired[list[Step]]
    duties: NotRequired[list[str]]
    deciding: NotRequired[list[Pair]]
    override: NotRequired[Override]
