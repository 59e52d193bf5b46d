"""The public pre-check: what to ask next (``agenda``), in which words (``questions``), and the results so far."""

from approvals.rules.precheck.agenda import Asking, agenda

__all__ = ["Asking", "agenda"]
