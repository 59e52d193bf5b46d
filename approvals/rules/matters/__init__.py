"""Approval matters (事项): ``needed(...)`` says which ones a project needs and which it is spared."""

from approvals.rules.matters.determination import STATUSES, MatterNeed, matter_rows, needed, with_more

__all__ = ["STATUSES", "MatterNeed", "matter_rows", "needed", "with_more"]
