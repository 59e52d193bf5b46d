"""Verbs: every change of state is one function, one transaction, one event. ``by=`` names the actor, ``on=`` the day."""
