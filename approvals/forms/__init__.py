"""Forms of the project pages. The forms of workflow steps belong to ``workflows``."""
