"""The law: what is true of a project and what is allowed. Knows nothing about tasks and inboxes."""
