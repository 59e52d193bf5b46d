"""A material that only some cases need (如需): the applicant says why his does not, and the reviewer judges it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Material
from approvals.papers.applications import received
from approvals.rules.matters.catalogue import matters_on
from approvals.selectors.history import events_of_application, lines
from approvals.services import materials, receipt, supplements
from tests.cases import TODAY
from tests.receiving import RECEIVED, codes, handed_in, last, reload

REASON = "单栋厂房，规划条件未要求编制"


@pytest.fixture
def draft(world) -> Application:
    """One material that every case needs, one that only some do; neither was handed in."""
    application = handed_in(world)
    Application.objects.filter(pk=application.pk).update(state="draft")
    application.materials.all().delete()
    Material.objects.create(application=application, name="申请表")
    Material.objects.create(application=application, name="修建性详细规划(如需)", is_conditional=True)
    return reload(application)


def always(application: Application) -> Material:
    return application.materials.get(is_conditional=False)


def sometimes(application: Application) -> Material:
    return application.materials.get(is_conditional=True)


def waive(world, material: Material, reason: str = REASON, **more) -> Material:
    return materials.waive_material(material.pk, **{"by": world.owner, "on": RECEIVED} | more, reason=reason)


def test_what_is_not_needed_does_not_stand_in_the_way(world, draft):
    materials.hand_in_material(always(draft).pk, by=world.owner, on=RECEIVED, on_paper=True)
    with pytest.raises(GuardFailed) as refusal:
        receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    assert codes(refusal) == ["material-missing"]
    waive(world, sometimes(draft))
    assert receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED).state == Application.State.SUBMITTED


def test_the_reason_is_kept_told_and_printed(world, draft):
    waive(world, sometimes(draft), f" {REASON} ")
    material = sometimes(draft)
    assert (material.not_needed, material.note) == (True, REASON)
    assert [(row.not_needed, row.note) for row in material.versions.all()] == [(True, REASON)]
    assert last("application.material_waived").facts["reason"] == REASON
    assert lines(events_of_application(draft))[0].text.endswith(f"说明不需要提交修建性详细规划(如需)：{REASON}")
    assert received(material)["note"] == f"申请人说明本项目不需要：{REASON}"


@pytest.mark.parametrize(
    ("which", "reason", "refused"),
    [
        (always, REASON, ["always-needed"]),
        (sometimes, "  ", ["reason-missing"]),
        (always, "", ["always-needed", "reason-missing"]),
    ],
)
def test_only_what_some_cases_need_can_be_left_out_and_not_without_a_reason(world, draft, which, reason, refused):
    with pytest.raises(GuardFailed) as refusal:
        waive(world, which(draft), reason)
    assert codes(refusal) == refused
    assert not which(draft).versions.exists()


def test_only_the_applicant_says_so_and_only_while_it_is_in_his_hands(world, draft):
    with pytest.raises(NotYours):
        waive(world, sometimes(draft), by=world.approver)
    Application.objects.filter(pk=draft.pk).update(state="submitted")
    with pytest.raises(WrongState):
        waive(world, sometimes(draft))


def test_a_promised_material_is_owed(world, draft):
    Material.objects.filter(pk=sometimes(draft).pk).update(deferral_due_on=RECEIVED)
    with pytest.raises(GuardFailed) as refusal:
        waive(world, sometimes(draft))
    assert codes(refusal) == ["was-promised"]


def test_a_notice_that_names_it_makes_it_needed(world, draft):
    materials.hand_in_material(always(draft).pk, by=world.owner, on=RECEIVED, on_paper=True)
    waive(world, sometimes(draft))
    receipt.submit_application(draft.pk, by=world.owner, on=RECEIVED)
    asked = [{"material": sometimes(draft).name, "problem": "规划条件要求编制，请提交"}]
    supplements.request_supplement(draft.pk, by=world.approver, on=RECEIVED, items=asked)
    assert not sometimes(draft).is_received
    with pytest.raises(GuardFailed) as refusal:
        waive(world, sometimes(draft))
    assert codes(refusal) == ["asked-for"]
    materials.hand_in_material(sometimes(draft).pk, by=world.owner, on=RECEIVED, on_paper=True)
    assert (sometimes(draft).not_needed, sometimes(draft).note) == (False, "")


def test_a_file_takes_the_place_of_the_reason(world, draft):
    waive(world, sometimes(draft))
    materials.hand_in_material(sometimes(draft).pk, by=world.owner, on=RECEIVED, on_paper=True)
    assert (sometimes(draft).not_needed, sometimes(draft).on_paper, sometimes(draft).note) == (False, True, "")


def test_it_is_said_on_the_page_of_the_application(client, world, draft):
    client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("approvals:application", args=[draft.pk])).content.decode()
    assert page.count('name="not_needed"') == 1
    url = reverse("approvals:hand-in", args=[draft.pk, sometimes(draft).pk])
    told = client.post(url, {"not_needed": REASON}, follow=True).content.decode()
    assert "说明不需要" in told
    assert REASON in told


def test_the_catalogue_says_which_materials_not_every_case_needs():
    permit = matters_on(TODAY).matters["R06"].entry
    assert permit["conditional_materials"] == ["修建性详细规划(如需)"]
    stated = {name for row in matters_on(TODAY).matters.values() for name in row.entry["materials"] or ()}
    hints = {name for name in stated if any(word in name for word in ("如需", "(仅", "(非"))}
    listed = {name for row in matters_on(TODAY).matters.values() for name in row.entry.get("conditional_materials", ())}
    assert hints <= listed
