from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "approvals.accounts"
    label = "accounts"
    verbose_name = "人员与机构"
