"""What each document says: ``facts(event) -> dict``, one module per stage, read from the rows that the event left.

Every date and figure is that of the event: from its own facts, from rows that are never edited, or from fields that
are set once. Nothing here asks the clock or writes.
"""
