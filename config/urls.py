"""Every URL of the product. Each view says who may open it (``approvals.accounts.access.open_to``)."""

from django.contrib import admin
from django.urls import include, path

from approvals.views import public, sign_in
from config.health import healthz

urlpatterns = [
    path("", public.home, name="home"),
    path("start/", public.start, name="start"),
    path("healthz", healthz, name="healthz"),
    path("accounts/login/", sign_in.login, name="login"),
    path("accounts/logout/", sign_in.logout, name="logout"),
    path("i18n/setlang/", public.set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("", include("approvals.urls")),
    path("", include("workflows.urls")),
    path("", include("documents.urls")),
]
