"""What an administrator maintains of the inbox: the phrases that everybody is offered."""

from __future__ import annotations

from django.contrib import admin

from approvals.accounts.admin import KeptAdmin
from workflows.models import Phrase


@admin.register(Phrase)
class PhraseAdmin(KeptAdmin):
    list_display = ("text", "kind", "department", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("department",)
    search_fields = ("text",)
    autocomplete_fields = ("department",)
    exclude = ("written_by",)
