"""Tasks and processes belong to the flows: nobody edits them by hand, not even a superuser."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin

for model in apps.get_app_config("viewflow").get_models():
    if admin.site.is_registered(model):
        admin.site.unregister(model)
