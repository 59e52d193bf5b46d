"""What an administrator maintains of the law and the place. Cases are not among it."""

from approvals.admin import calendar, catalogue, engine, land

__all__ = ["calendar", "catalogue", "engine", "land"]
