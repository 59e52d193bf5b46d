"""Reactions to events, run from the outbox: papers and messages. Importing this package registers them."""
