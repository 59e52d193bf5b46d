from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "任务"

    def ready(self) -> None:
        # Flows are imported here so that viewflow's own check of their locks runs.
        from workflows import flows, handlers  # noqa: F401
