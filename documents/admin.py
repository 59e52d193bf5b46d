"""Documents can be looked at, never edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from documents.models import Attachment, Document, NumberSeries


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("title", "number", "issuer", "issued_on", "folder", "revoked_on")
    list_filter = ("title", "issued_on")
    list_select_related = ("issuer",)
    search_fields = ("number", "verification_code", "folder")
    exclude = ("content",)  # files are served by the app that owns the folder


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnlyAdmin):
    list_display = ("issuer", "word", "year", "last")
    list_filter = ("year",)
    list_select_related = ("issuer",)


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("original_name", "content_type", "size", "folder", "uploaded_by", "uploaded_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("original_name", "folder", "sha256")
    exclude = ("content",)
