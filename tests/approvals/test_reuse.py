"""What the enterprise has brought once it need not bring again, in any of its projects; and where that ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals.accounts.models import Enterprise
from approvals.errors import GuardFailed
from approvals.models import Application, Material
from approvals.selectors.documents import attachments_visible_to
from approvals.selectors.reuse import offers_for
from approvals.services import materials
from tests.receiving import RECEIVED, codes, handed_in, on_the_day, reload
from tests.world import World, make_enterprise, member

LICENCE, IDENTITY, FORM = "营业执照", "法定代表人身份证", "申请表"


def draft(world: World) -> Application:
    """An application of a project of its own, with a paper of the enterprise, one of a person, and a form."""
    application = handed_in(world)
    Application.objects.filter(pk=application.pk).update(state="draft")
    for name in (LICENCE, IDENTITY, FORM):
        Material.objects.create(application=application, name=name)
    return reload(application)


def bring(world: World, application: Application, name: str = LICENCE, by: Any = None, **what: Any) -> Material:
    wanted = application.materials.get(name=name)
    if "reuse" not in what:
        what["file"] = SimpleUploadedFile("扫描件.pdf", f"%PDF-1.7 {name} {wanted.pk}".encode())
    return materials.hand_in_material(wanted.pk, by=by or world.owner, on=RECEIVED, **what)


def offered(world: World, application: Application, by: Any = None, on=RECEIVED) -> dict[str, list[Any]]:
    return offers_for(application, by or world.owner, on=on)


@pytest.fixture
def old(world) -> Application:
    return draft(world)


@pytest.fixture
def new(world, old) -> Application:
    return draft(world)


def test_a_paper_of_another_project_is_offered_with_its_origin_and_used_once_uploaded(world, old, new):
    bring(world, old)
    (offer,) = offered(world, new)[LICENCE]
    assert (offer.is_elsewhere, offer.version.material.application) == (True, old)
    bring(world, new, reuse=offer.version.pk)
    version = new.materials.get(name=LICENCE).versions.get()
    assert version.reused_from == offer.version
    assert version.owner == world.enterprise.name
    assert version.attachment == offer.version.attachment


def test_of_the_other_projects_only_the_newest_is_offered(world, old, new):
    bring(world, old)
    newest = bring(world, draft(world))
    assert [offer.version.material for offer in offered(world, new)[LICENCE]] == [newest]


def test_what_has_run_out_is_neither_offered_nor_taken(world, old, new):
    version = bring(world, old, valid_until_on=RECEIVED).versions.get()
    assert LICENCE in offered(world, new)
    assert offered(world, new, on=RECEIVED + timedelta(days=1)) == {}
    version.valid_until_on = RECEIVED - timedelta(days=1)
    version.save()
    with pytest.raises(GuardFailed) as refusal:
        bring(world, new, reuse=version.pk)
    assert codes(refusal) == ["not-reusable"]
    with pytest.raises(GuardFailed) as refusal:
        bring(world, new, valid_until_on=RECEIVED - timedelta(days=1))
    assert codes(refusal) == ["material-expired"]


def test_what_was_sent_back_or_came_to_nothing_is_not_offered(world, old, new):
    bring(world, old)
    Application.objects.filter(pk=old.pk).update(state="declined")
    assert offered(world, new) == {}
    Application.objects.filter(pk=old.pk).update(state="draft")
    Material.objects.filter(application=old).update(attachment=None)
    assert offered(world, new) == {}


def test_a_form_made_for_one_application_stays_in_its_project(world, old, new):
    version = bring(world, old, FORM).versions.get()
    assert FORM not in offered(world, new)
    with pytest.raises(GuardFailed):
        bring(world, new, FORM, reuse=version.pk)


def test_an_identity_card_keeps_its_owner_and_goes_with_the_person(world, old, new):
    bring(world, old, IDENTITY)
    (offer,) = offered(world, new)[IDENTITY]
    assert offer.version.owner == world.enterprise.legal_representative
    Enterprise.objects.filter(pk=world.enterprise.pk).update(legal_representative="新任者")
    assert IDENTITY not in offered(world, reload(new))


def test_another_enterprises_paper_is_never_used_even_by_who_works_for_both(world, old, new):
    version = bring(world, old).versions.get()
    both = member("both", "兼职丁", make_enterprise("示例另一有限公司", 7), may_sign=False)
    both.memberships.create(enterprise=world.enterprise, may_sign=False, from_on=RECEIVED)
    Application.objects.filter(pk=new.pk).update(applicant=Enterprise.objects.get(name="示例另一有限公司"))
    assert offered(world, reload(new), by=both) == {}
    with pytest.raises(GuardFailed):
        bring(world, reload(new), by=both, reuse=version.pk)


def test_who_may_not_see_the_other_project_is_offered_nothing_of_it(world, old, new):
    bring(world, old)
    assert offered(world, new, by=world.stranger) == {}


def test_the_reviewer_reads_the_file_where_it_is_used_and_sees_where_it_is_from(client, world, old, new):
    bring(world, old)
    bring(world, new, reuse=offered(world, new)[LICENCE][0].version.pk)
    Application.objects.filter(pk=old.pk).update(department=world.provincial_energy)
    Application.objects.filter(pk=new.pk).update(state="submitted")
    attachment = new.materials.get(name=LICENCE).attachment
    with on_the_day(RECEIVED):
        assert attachments_visible_to(world.approver, on=RECEIVED).filter(pk=attachment.pk).exists()
        client.force_login(world.approver, backend="django.contrib.auth.backends.ModelBackend")
        shown = client.get(reverse("approvals:application", args=[new.pk])).content.decode()
    assert f"取自“{old.project.name}”" in shown
