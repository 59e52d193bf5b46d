"""What a locality lets come later. It starts empty: only what was published is entered, with its source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from approvals.accounts.admin import KeptAdmin
from approvals.models import DeferrableMaterial, Matter


class DeferrableForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        """A name that no edition of the matter knows would never be found again."""
        cleaned = super().clean() or self.cleaned_data
        editions = Matter.objects.filter(code=cleaned.get("matter_code"))
        known = {name for materials in editions.values_list("materials", flat=True) for name in materials}
        if cleaned.get("material") and cleaned["material"] not in known:
            raise ValidationError({"material": _("该事项的目录中没有这份材料")})
        return cleaned


@admin.register(DeferrableMaterial)
class DeferrableMaterialAdmin(KeptAdmin):
    form = DeferrableForm
    list_display = (
        "matter_code",
        "material",
        "organisation",
        "within_working_days",
        "source",
        "from_on",
        "until_on",
    )
    list_filter = ("matter_code", "until_on")
    list_select_related = ("organisation",)
    search_fields = ("matter_code", "material", "organisation__name")
    autocomplete_fields = ("organisation",)
