"""Inbox, task, enterprise and supervision pages."""
