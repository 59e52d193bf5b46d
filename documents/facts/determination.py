"""What the rules say of a project: 环评判定书, 节能审查判定书."""

from typing import NotRequired

from documents.facts.common import Answer, Common, Pair


class Determination(Common):
    """``facts_used``: the declared facts as labels and values. ``figures``: results to print beside them."""

    answer: Answer
    facts_used: list[Pair]
    figures: NotRequired[list[Pair]]
