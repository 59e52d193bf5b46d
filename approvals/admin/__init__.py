"""What an administrator maintains of the law and the place. Cases are not among it."""

from approvals.admin import calendar, catalogue, deferral, engine, land

__all__ = ["calendar", "catalogue", "deferral", "engine", "land"]
