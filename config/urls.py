"""Every URL of the product. Each view says who may open it (``approvals.accounts.access.open_to``)."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
