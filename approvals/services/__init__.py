"""Verbs: every change of state is one function, one transaction, one event. ``by=`` is the actor, ``on=`` the day."""
