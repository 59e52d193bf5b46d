"""The Celery application. Broker and schedule are settings; tasks live in each app's ``tasks.py``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("landing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
