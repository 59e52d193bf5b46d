"""The administrator maintains people, catalogue, calendar and land; he touches no case and deletes no history."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from approvals.accounts.backends import ADMIN_MODELS
from approvals.accounts.models import Appointment, Organisation, User
from approvals.models import CalendarEdition, LocalParameter, Matter
from approvals.services.catalogue import load_matters
from tests.world import World

MAINTAINED = {name.split(".")[1] for name in ADMIN_MODELS} - {"calendarday", "plotindicator"}  # those are inlines


@pytest.fixture
def administrator(client, world) -> Any:
    client.force_login(world.administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def registered() -> dict[str, Any]:
    return {f"{m._meta.app_label}.{m._meta.model_name}": a for m, a in admin.site._registry.items()}


def page(kind: str, what: str = "changelist", *args: Any) -> str:
    app = next(name.split(".")[0] for name in registered() if name.endswith(f".{kind}"))
    return reverse(f"admin:{app}_{kind}_{what}", args=args)


def management(**counts: int) -> dict[str, str]:
    return {f"{prefix}-{name}": str(n) for prefix, n in counts.items() for name in ("TOTAL_FORMS",)} | {
        f"{prefix}-INITIAL_FORMS": "0" for prefix in counts
    }


def test_no_case_can_be_edited_here():
    cases = {"project", "application", "determination", "event", "commitment", "process", "task", "workitem", "message"}
    assert not {name.split(".")[1] for name in registered()} & cases


def test_everything_an_administrator_maintains_is_there():
    assert {name.split(".")[1] for name in registered()} >= MAINTAINED


@pytest.mark.parametrize("kind", sorted(MAINTAINED))
def test_each_list_opens(administrator, kind):
    assert administrator.get(page(kind)).status_code == 200


@pytest.mark.parametrize("kind", sorted(MAINTAINED - {"matter", "calendaredition", "localclosure"}))
def test_each_form_opens(administrator, kind):
    assert administrator.get(page(kind, "add")).status_code == 200


@pytest.mark.parametrize("who", ["handler", "lead", "approver", "supervisor", "owner"])
def test_the_admin_is_closed_to_everybody_else(client, world, who):
    client.force_login(getattr(world, who), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(page("organisation"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


def test_the_flag_of_django_opens_nothing(client, world: World):
    world.handler.is_staff = True
    world.handler.save()
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("admin:index")).status_code == 302


def test_nothing_with_a_history_can_be_deleted(administrator, world):
    superuser = User.objects.create_superuser("root", password="示例-password-2026", name="根")
    administrator.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    for kind, row in (("user", world.handler), ("organisation", world.zone), ("enterprise", world.enterprise)):
        assert administrator.post(page(kind, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert type(row)._default_manager.filter(pk=row.pk).exists()


def test_an_organisation_is_added_under_another_and_stays_there(administrator, world):
    data = {"parent": world.county.pk, "name": "示例新园区", "kind": "park", "is_active": "on"}
    administrator.post(page("organisation", "add"), data)
    park = Organisation.objects.get(name="示例新园区")
    assert park.path.startswith(world.county.path)
    assert "parent" not in administrator.get(page("organisation", "change", park.pk)).context["adminform"].form.fields
    administrator.post(page("organisation", "change", park.pk), {**data, "name": "示例改名园区"})
    park.refresh_from_db()
    assert (park.name, park.path[: len(world.county.path)]) == ("示例改名园区", world.county.path)


def test_a_person_is_added_with_a_password_and_given_a_role(administrator, world, client):
    secret = "示例-password-2026"
    data = {
        "username": "new",
        "name": "新来",
        "phone": "",
        "usable_password": "true",
        "password1": secret,
        "password2": secret,
    }
    administrator.post(page("user", "add"), data | management(appointments=0, memberships=0))
    user = User.objects.get(username="new")
    assert user.check_password(secret)
    administrator.post(
        page("appointment", "add"),
        {"user": user.pk, "organisation": world.zone.pk, "role": "handler", "from_on": "2024-01-01"},
    )
    assert Appointment.objects.get(user=user).role == "handler"


def test_an_administrator_cannot_make_himself_a_superuser(administrator, world):
    form = administrator.get(page("user", "change", world.administrator.pk)).context["adminform"].form
    assert not {"is_superuser", "is_staff", "groups", "user_permissions"} & set(form.fields)


def test_an_administrator_cannot_take_a_superusers_place(administrator, world):
    superuser = User.objects.create_superuser("root", password="示例-password-2026", name="根")
    answer = administrator.post(
        reverse("admin:auth_user_password_change", args=[superuser.pk]), {"password1": "x", "password2": "x"}
    )
    assert answer.status_code == 403


def test_of_a_matter_only_the_promised_days_can_be_set(administrator, world):
    matter = Matter.objects.get(code="R04")
    form = administrator.get(page("matter", "change", matter.pk)).context["adminform"].form
    assert set(form.fields) == {"committed_days"}
    administrator.post(page("matter", "change", matter.pk), {"committed_days": "5", "name": "改名"})
    matter.refresh_from_db()
    assert (matter.committed_days, matter.name) != (None, "改名")
    assert matter.committed_days == 5
    assert administrator.get(page("matter", "add")).status_code == 403


def test_the_promised_days_outlive_the_next_start(world):
    matter = Matter.objects.get(code="R04")
    Matter.objects.filter(pk=matter.pk).update(committed_days=3, name="旧名")
    load_matters()
    again = Matter.objects.get(code="R04")
    assert (again.pk, again.committed_days, again.name) == (matter.pk, 3, matter.name)


def test_a_calendar_is_changed_on_its_own_page_which_shows_the_effect_first(administrator, world):
    edition = CalendarEdition.objects.get(year=2026)
    assert administrator.get(page("calendaredition", "add")).status_code == 403
    assert administrator.post(page("calendaredition", "change", edition.pk), {"source": "x"}).status_code == 403
    assert reverse("approvals:calendar") in administrator.get(page("calendaredition")).content.decode()


def test_a_local_parameter_begins_on_a_date(administrator, world):
    old = LocalParameter.objects.get(code="publicity_working_days")
    change = {"code": old.code, "organisation": old.organisation_id, "value": "5", "source": "测试"}
    administrator.post(
        page("localparameter", "change", old.pk), change | {"from_on": "2024-01-01", "until_on": "2026-12-31"}
    )
    administrator.post(page("localparameter", "add"), change | {"value": "7", "from_on": "2027-01-01"})
    values = LocalParameter.objects.filter(code=old.code).order_by("from_on").values_list("value", flat=True)
    assert list(values) == ["5", "7"]
