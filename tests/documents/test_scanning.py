"""Uploads and the scanner: what is infected is refused, and nothing is called clean that nobody looked at."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from approvals.errors import GuardFailed, WrongState
from documents import attachments, files
from documents.attachments import commit_attachment, drop_attachment, purge_temporary, store_attachment
from documents.models import Attachment
from documents.scanning import CHUNK, rescan
from documents.selectors import attachments_in, waiting_uploads
from tests.documents.clamd import EICAR, Daemon, running

PDF = b"%PDF-1.7\n"


@pytest.fixture
def daemon(settings) -> Iterator[Daemon]:
    with running() as daemon:
        settings.CLAMD_ADDRESS = daemon.address
        yield daemon


def upload(clerk, content: bytes = PDF, name: str = "申请表.pdf", **more) -> Attachment:
    return store_attachment(SimpleUploadedFile(name, content), folder="project:12", by=clerk, **more)


def refused(clerk, content: bytes, name: str = "申请表.pdf") -> str:
    with pytest.raises(GuardFailed) as refusal:
        upload(clerk, content, name)
    assert not Attachment.objects.exists()
    (blocker,) = refusal.value.blockers
    return blocker.code


def zipped(content: bytes = b"0" * 10) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", content)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A header that promises more than anybody should unpack."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    header = struct.pack("!LLBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_without_a_scanner_the_file_says_that_nobody_looked(clerk):
    assert upload(clerk).get_scan_display() == "未扫描"


def test_a_clean_file_is_clean(clerk, daemon):
    content = PDF + b"0" * (2 * CHUNK + 1)
    assert upload(clerk, content).scan == "clean"
    assert daemon.received == [len(content)]


def test_a_virus_is_refused_by_its_name_and_nothing_is_kept(clerk, daemon):
    with pytest.raises(GuardFailed, match="Eicar-Signature"):
        upload(clerk, PDF + EICAR)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("answer", [b"stream: INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense\0"])
def test_a_scanner_in_trouble_calls_nothing_clean(clerk, daemon, answer):
    daemon.answer = answer
    assert upload(clerk).get_scan_display() == "扫描服务不可用，未扫描"


def test_a_scanner_that_is_down_keeps_nobody_from_applying(clerk, settings):
    with running() as gone:
        settings.CLAMD_ADDRESS = gone.address
    assert upload(clerk).scan == "failed"


def test_what_came_while_it_was_down_is_scanned_afterwards(clerk, settings, daemon):
    address, settings.CLAMD_ADDRESS = daemon.address, "127.0.0.1:1"
    clean, sick = upload(clerk), upload(clerk, PDF + EICAR)
    settings.CLAMD_ADDRESS = address
    assert rescan() == 2
    clean.refresh_from_db()
    sick.refresh_from_db()
    assert (clean.scan, sick.scan, sick.scan_signature) == ("clean", "infected", "Eicar-Signature")
    with pytest.raises(GuardFailed):
        files.serve(sick)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "空.pdf", "file-empty"),
        (EICAR, "合同.pdf", "file-type"),
        (zipped(b"0" * 5_000_000), "四十二.pdf", "file-type"),
        (PDF + b"stream" + zipped(), "双面.pdf", "file-polyglot"),
        (PDF + zipped()[:-22] + b"PK\x05\x06" + b"\0" * 16 + b"\x05\x00hello", "注释.pdf", "file-polyglot"),
        (png_of(60_000, 60_000), "炸弹.png", "file-pixels"),
        (png_of(10_001, 10_000), "大.png", "file-pixels"),
        (b"<script>%PDF-", "页.pdf", "file-type"),
    ],
)
def test_what_is_not_what_it_says_is_refused(clerk, content, name, code):
    assert refused(clerk, content, name) == code


@pytest.mark.parametrize("content", [PDF + b"PK\x05\x06", PDF + zipped() + b"\n%%EOF", png_of(10_000, 10_000)])
def test_what_only_looks_like_it_is_kept(clerk, content):
    assert upload(clerk, content).pk


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a" * 255, "a" * 120 + ".pdf"),
        ("..\\..\\申请.pdf.exe", "申请_pdf_exe.pdf"),
        ("\u202egnp.申请\u00ad表.pdf", "gnp.申请表.pdf"),
    ],
)
def test_no_name_does_harm(clerk, typed, kept):
    assert upload(clerk, name=typed).original_name == kept


# ── two phases ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_uploaded_is_nobodys_paper_until_it_is_handed_in(clerk):
    waiting = upload(clerk, temporary_for="material:1")
    assert list(attachments_in("project:12")) == []
    assert list(waiting_uploads("project:12", by=clerk, purpose="material:1")) == [waiting]
    commit_attachment(waiting.pk, by=clerk, purpose="material:1")
    assert list(attachments_in("project:12")) == [waiting]
    assert not waiting_uploads("project:12", by=clerk).exists()


def test_it_is_handed_in_once_by_its_uploader_for_its_purpose(clerk, django_user_model):
    waiting = upload(clerk, temporary_for="material:1")
    other = django_user_model.objects.create(username="other", name="别人")
    for by, purpose in ((other, "material:1"), (clerk, "material:2")):
        with pytest.raises(WrongState):
            commit_attachment(waiting.pk, by=by, purpose=purpose)
    commit_attachment(waiting.pk, by=clerk, purpose="material:1")
    with pytest.raises(WrongState):
        commit_attachment(waiting.pk, by=clerk, purpose="material:1")


def test_thrown_away_it_is_gone_with_its_file(clerk, django_capture_on_commit_callbacks):
    waiting = upload(clerk, temporary_for="material:1")
    storage, name = waiting.content.storage, waiting.content.name
    with django_capture_on_commit_callbacks(execute=True):
        drop_attachment(waiting.pk, by=clerk, purpose="material:1")
    assert not storage.exists(name)
    drop_attachment(waiting.pk, by=clerk, purpose="material:1")


def test_what_nobody_hands_in_for_a_day_goes_away(clerk):
    kept, waiting = upload(clerk), upload(clerk, temporary_for="material:1")
    assert purge_temporary(at=timezone.now() + timedelta(hours=23)) == 0
    assert purge_temporary(at=timezone.now() + timedelta(hours=25)) == 1
    assert list(Attachment.objects.all()) == [kept]
    assert waiting.pk


def test_nobody_fills_the_store_with_uploads_he_does_not_hand_in(clerk, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_WAITING", 2)
    for _ in range(2):
        upload(clerk, temporary_for="material:1")
    with pytest.raises(GuardFailed) as refusal:
        upload(clerk, temporary_for="material:2")
    assert [blocker.code for blocker in refusal.value.blockers] == ["too-many-waiting"]
    upload(clerk)
