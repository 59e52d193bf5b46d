"""What an administrator maintains of people and organisations. Nobody is deleted: cases and events name them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Appointment, Enterprise, Membership, Organisation, User
from approvals.accounts.roles import ADMINISTER, standing


def administers(request: HttpRequest) -> bool:
    """The door of the admin: an administrator of today, whatever ``is_staff`` says."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or ADMINISTER in standing(user, timezone.localdate()).permissions


admin.site.has_permission = administers  # type: ignore[method-assign]
admin.site.login_form = AuthenticationForm
admin.site.site_header = admin.site.site_title = _("系统维护")
admin.site.index_title = _("机构、人员、目录、日历和参数")
admin.site.unregister(Group)  # roles are appointments with dates, not groups


class KeptAdmin(admin.ModelAdmin):
    """Rows that stay: they are ended or switched off, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HeldInline(admin.TabularInline):
    """Something held from a date to a date: it ends with its last day."""

    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AppointmentInline(HeldInline):
    model = Appointment
    autocomplete_fields = ("organisation",)


class MembershipInline(HeldInline):
    model = Membership
    autocomplete_fields = ("enterprise",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People who sign in. Rights come from appointments alone, so none are ticked here."""

    list_display = ("username", "name", "phone", "is_active", "last_login")
    list_filter = ("is_active", "appointments__role")
    search_fields = ("username", "name", "phone")
    filter_horizontal = ()
    inlines = (AppointmentInline, MembershipInline)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人信息"), {"fields": ("name", "phone", "email")}),
        (_("状态"), {"fields": ("is_active", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "phone", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser touches a superuser: setting his password would be taking his place."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


class OrganisationForm(forms.ModelForm):
    """A new organisation is placed under another once; moving it later would move what people may see."""

    parent = forms.ModelChoiceField(
        label=_("上级机构"),
        queryset=Organisation.objects.order_by("path"),
        required=False,
        help_text=_("保存后不能更改"),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "department", "division_code", "number_prefix", "is_active")


@admin.register(Organisation)
class OrganisationAdmin(KeptAdmin):
    form = OrganisationForm
    list_display = ("indented_name", "kind", "department", "division_code", "number_prefix", "is_active")
    list_display_links = ("indented_name",)
    list_filter = ("kind", "department", "is_active")
    search_fields = ("name", "division_code")
    ordering = ("path",)
    list_per_page = 200

    @admin.display(description=_("名称"), ordering="path")
    def indented_name(self, organisation: Organisation) -> str:
        return format_html("{}{}", "　" * (organisation.depth - 1), organisation.name)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({"form": forms.ModelForm} if obj else {}) | kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*OrganisationForm.Meta.fields] if obj else ["parent", *OrganisationForm.Meta.fields]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save()
        elif parent := form.cleaned_data["parent"]:
            Organisation.objects.add_child(parent, instance=obj)
        else:
            Organisation.objects.add_root(instance=obj)


@admin.register(Appointment)
class AppointmentAdmin(KeptAdmin):
    list_display = ("user", "organisation", "role", "is_head", "from_on", "until_on")
    list_filter = ("role", "until_on")
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__username", "organisation__name")
    autocomplete_fields = ("user", "organisation")


@admin.register(Enterprise)
class EnterpriseAdmin(KeptAdmin):
    list_display = ("name", "uscc", "legal_representative", "bad_credit")
    search_fields = ("name", "uscc")


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    list_display = ("user", "enterprise", "position", "may_sign", "from_on", "until_on")
    list_filter = ("may_sign", "until_on")
    list_select_related = ("user", "enterprise")
    search_fields = ("user__name", "user__username", "enterprise__name")
    autocomplete_fields = ("user", "enterprise")
