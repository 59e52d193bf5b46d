"""The plan of a project: ``forecast`` dates each matter, forwards from today and backwards from a wished day."""

from approvals.rules.plan.forecast import Line, Plan, days_late, forecast
from approvals.rules.plan.network import Cycle, Node

__all__ = ["Cycle", "Line", "Node", "Plan", "days_late", "forecast"]
