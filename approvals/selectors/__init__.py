"""Nouns: what can be read. ``…_visible_to(user)`` is the only door for views."""
