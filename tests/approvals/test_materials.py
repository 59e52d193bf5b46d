"""Materials: every version stays, a file is uploaded once, and originals go back."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Material, OriginalCustody
from approvals.selectors.materials import changes_since_notice, counter, materials_of
from approvals.selectors.reuse import offers_for
from approvals.services import materials, originals, receipt, supplements
from documents.models import Attachment
from tests.cases import make_application
from tests.receiving import RECEIVED, codes, handed_in, last, on_the_day, reload
from tests.world import World


@pytest.fixture
def draft(world) -> Application:
    application = handed_in(world)
    Application.objects.filter(pk=application.pk).update(state="draft")
    return reload(application)


def paper(text: str = "1", name: str = "申请表.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.7 {text}".encode())


def first(application: Application) -> Material:
    return application.materials.all()[0]


def bring(world: World, material: Material, **what: Any) -> Material:
    return materials.hand_in_material(material.pk, by=world.owner, on=RECEIVED, **what)


def test_a_new_upload_keeps_the_older_ones(world, draft):
    bring(world, first(draft), file=paper("1"))
    bring(world, first(draft), file=paper("2"))
    versions = list(first(draft).versions.all())
    assert [version.number for version in versions] == [1, 2, 3]
    assert versions[0].attachment is None
    assert versions[1].attachment.sha256 != versions[2].attachment.sha256
    assert first(draft).attachment == versions[2].attachment
    assert last("application.material_received").facts["sha256"] == versions[2].attachment.sha256


def test_versions_have_an_end(world, draft, monkeypatch):
    monkeypatch.setattr(materials, "MOST_VERSIONS", 2)
    bring(world, first(draft), file=paper())
    with pytest.raises(GuardFailed) as refusal:
        bring(world, first(draft), file=paper("2"))
    assert codes(refusal) == ["too-many-versions"]


def test_what_is_refused_is_still_uploaded(world, draft):
    """The material is withdrawn between the two phases."""
    upload = materials.stage_material(first(draft).pk, by=world.owner, on=RECEIVED, file=paper())
    Application.objects.filter(pk=draft.pk).update(state="submitted")
    with pytest.raises(WrongState):
        bring(world, first(draft), upload=upload.pk)
    upload.refresh_from_db()
    assert upload.is_temporary
    assert first(draft).versions.count() == 1


def test_another_persons_upload_is_not_handed_in(world, draft):
    upload = materials.stage_material(first(draft).pk, by=world.clerk, on=RECEIVED, file=paper())
    with pytest.raises(WrongState):
        bring(world, first(draft), upload=upload.pk)


@pytest.mark.parametrize("who", ["approver", "stranger", "supervisor", "lead", "other_handler"])
def test_only_the_applicants_side_uploads(world, draft, who):
    with pytest.raises(NotYours):
        materials.stage_material(first(draft).pk, by=getattr(world, who), on=RECEIVED, file=paper())
    assert not Attachment.objects.exists()


# ── once uploaded, used elsewhere ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sibling(world, draft) -> Application:
    """Another application of the project that asks for a material of the same name."""
    bring(world, first(draft), file=paper())
    other = make_application(draft.project, world.enterprise, world.bureau, code="C03")
    Material.objects.create(application=other, name=first(draft).name)
    return other


def test_a_file_of_the_same_name_is_offered_and_counted(world, draft, sibling):
    offer = offers_for(sibling, world.owner, on=RECEIVED)[first(draft).name][0]
    assert offer.uses == 1
    wanted = sibling.materials.get(name=first(draft).name)
    bring(world, wanted, reuse=offer.version.pk)
    wanted.refresh_from_db()
    assert wanted.attachment == first(draft).attachment
    assert wanted.versions.get().reused_from == offer.version
    assert Attachment.objects.count() == 1
    assert last("application.material_received").facts["reused"] is True


def test_a_file_of_another_name_is_not_reused(world, draft, sibling):
    version = first(draft).versions.last()
    with pytest.raises(GuardFailed) as refusal:
        bring(world, sibling.materials.exclude(name=first(draft).name)[0], reuse=version.pk)
    assert codes(refusal) == ["not-reusable"]


def test_what_turned_out_infected_is_not_offered(world, draft, sibling):
    Attachment.objects.update(scan="infected")
    assert offers_for(sibling, world.owner, on=RECEIVED) == {}


def test_the_counter_costs_the_same_however_much_lies_on_it(world, draft, sibling):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            counter(sibling, materials_of(sibling), world.owner, on=RECEIVED)
        return len(captured)

    few = cost()
    for text in "2345":
        bring(world, first(draft), file=paper(text))
        materials.stage_material(first(sibling).pk, by=world.owner, on=RECEIVED, file=paper(text))
    assert cost() == few


# ── what an answer changed ───────────────────────────────────────────────────────────────────────────────────────


def test_the_reviewer_sees_old_against_new_and_that_a_file_is_the_same(world, draft):
    name = first(draft).name
    bring(world, first(draft), file=paper("1"))
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    supplements.request_supplement(
        draft.pk, by=world.approver, on=RECEIVED, items=[{"material": name, "problem": "缺页"}]
    )
    bring(world, first(draft), file=paper("1"))
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    changes = changes_since_notice(materials_of(draft), list(draft.supplement_notices.all()))
    assert changes is not None
    (change,) = changes.named
    assert (change.name, change.problem, change.is_the_same) == (name, "缺页", True)
    assert (change.old.number, change.new.number) == (2, 3)
    assert changes.untouched == [row.name for row in draft.materials.all()[1:]]


# ── originals ────────────────────────────────────────────────────────────────────────────────────────────────────


def lend(world: World, application: Application, description: str = "不动产权证书1本") -> OriginalCustody:
    return originals.receive_original(first(application).pk, by=world.approver, on=RECEIVED, description=description)


def test_an_original_is_received_and_goes_back_once_against_a_name(world):
    submitted = handed_in(world)
    custody = lend(world, submitted)
    with pytest.raises(GuardFailed):
        originals.return_original(custody.pk, by=world.second_approver, on=RECEIVED, returned_to=" ")
    originals.return_original(custody.pk, by=world.second_approver, on=RECEIVED, returned_to="企业刘")
    custody.refresh_from_db()
    assert (custody.returned_by, custody.returned_to) == (world.second_approver, "企业刘")
    with pytest.raises(WrongState):
        originals.return_original(custody.pk, by=world.approver, on=RECEIVED, returned_to="企业刘")


def test_an_original_says_what_it_is_and_only_the_department_takes_it(world):
    submitted = handed_in(world)
    with pytest.raises(GuardFailed):
        lend(world, submitted, " ")
    for who in ("handler", "owner", "energy_approver"):
        with pytest.raises(NotYours):
            originals.receive_original(first(submitted).pk, by=getattr(world, who), on=RECEIVED, description="证书")


def test_originals_go_back_whatever_became_of_the_application(world):
    submitted = handed_in(world)
    custody = lend(world, submitted)
    receipt.decline_application(
        submitted.pk, by=world.approver, on=RECEIVED, ground="not_required", reason="不属于许可范围"
    )
    assert originals.return_original(custody.pk, by=world.approver, on=RECEIVED, returned_to="企业陈").returned_on


# ── on the page ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def page(client, world, draft):
    client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("approvals:hand-in", args=[draft.pk, first(draft).pk])
    with on_the_day(RECEIVED):
        yield lambda **data: client.post(url, data, follow=True)


def test_a_file_is_uploaded_now_and_handed_in_later(page, draft):
    shown = page(file=paper(), stage="1").content.decode()
    assert "已上传，尚未提交" in shown
    assert "未扫描" in shown
    upload = Attachment.objects.get()
    page(upload=upload.pk)
    upload.refresh_from_db()
    assert (upload.is_temporary, first(draft).attachment) == (False, upload)


def test_an_upload_is_thrown_away(page):
    page(file=paper(), stage="1")
    page(upload=Attachment.objects.get().pk, discard="1")
    assert not Attachment.objects.exists()


def test_an_unfinished_upload_is_in_nobodys_papers(client, world, page, draft):
    page(file=paper(), stage="1")
    upload = Attachment.objects.get()
    for who in (world.owner, world.handler, world.approver):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        with time_machine.travel("2026-09-17T10:00:00+08:00", tick=False):
            assert client.get(reverse("approvals:attachment", args=[upload.pk])).status_code == 404
