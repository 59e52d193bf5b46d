"""Pages of the law: projects, facts, determinations, stages, matters, applications, papers, messages."""
