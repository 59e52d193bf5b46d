"""A rolled-back act may leave a file behind; the sweep takes it away and touches nothing that a row names."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from documents.attachments import store_attachment
from documents.sweeping import sweep_files


def upload(clerk):
    paper = SimpleUploadedFile("现场.pdf", b"%PDF-1.7 sample", "application/pdf")
    return store_attachment(paper, folder="project:12", by=clerk).content.name


def left_behind(clerk) -> str:
    with transaction.atomic():
        name = upload(clerk)
        transaction.set_rollback(True)
    return name


def test_a_file_that_no_row_names_is_deleted_after_a_day(clerk):
    name = left_behind(clerk)
    assert default_storage.exists(name)
    assert sweep_files(at=timezone.now() + timedelta(hours=23)) == 0
    assert sweep_files(at=timezone.now() + timedelta(hours=25)) == 1
    assert not default_storage.exists(name)


def test_a_file_that_a_row_names_stays_however_old_it_is(clerk):
    kept = upload(clerk)
    left_behind(clerk)
    assert sweep_files(at=timezone.now() + timedelta(days=900)) == 1
    assert default_storage.exists(kept)


def test_other_folders_and_an_empty_storage_are_left_alone(db):
    later = timezone.now() + timedelta(days=900)
    assert sweep_files(at=later) == 0
    name = default_storage.save("exports/ledger.csv", SimpleUploadedFile("ledger.csv", b"x"))
    assert sweep_files(at=later) == 0
    assert default_storage.exists(name)
