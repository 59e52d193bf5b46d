"""Fictional data for the demonstration set-up: real places, invented people and enterprises. Never in production.

Public: ``accounts.demo_accounts``, ``loading.load``. Nothing here runs unless ``settings.DEMO``.
"""
