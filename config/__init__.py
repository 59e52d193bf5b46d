"""The project package: settings, URLs, middleware, base templates. No models."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
