from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from approvals import handlers, tasks  # noqa: F401  registers the reactions to events
