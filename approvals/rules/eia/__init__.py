"""Environmental classification (环评分类): ``classify(facts, on) -> Answer``.

``scope`` says what has to be classified, ``catalogue`` which rows it falls under, ``judge`` what a row says of it, and
``determination`` takes the highest; ``procedure`` follows from the level, ``distances`` and ``text`` explain it.
"""

from approvals.rules.eia.determination import OUTCOMES, classify

__all__ = ["OUTCOMES", "classify"]
