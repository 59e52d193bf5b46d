"""What people upload: only what it really is, under no name of theirs, and handed out harmlessly."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from approvals.errors import GuardFailed
from documents import attachments, files
from documents.attachments import clean_name, store_attachment
from documents.signatures import ACCEPTED

PDF, JPEG, PNG, WEBP = ACCEPTED
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind: str, size: tuple[int, int] = (1600, 1200), **more) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#888").save(buffer, kind, **more)
    return buffer.getvalue()


def upload(clerk, content: bytes, name: str = "现场.pdf", declared: str = "application/pdf"):
    return store_attachment(SimpleUploadedFile(name, content, declared), folder="project:12", by=clerk)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
    ],
)
def test_the_type_is_what_the_bytes_say(clerk, content, content_type):
    stored = upload(clerk, content, name="现场", declared="text/html")
    assert stored.content_type == content_type
    assert stored.size == len(content)
    with stored.content.open() as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + b"0" * 40,
        b"MZ\x90\x00",
        b"GIF89a",
        b"\n%PDF-1.7",
        b"RIFF0000WAVE",
        b"\xff\xd8",
        EICAR,
    ],
)
def test_another_type_is_refused_whatever_its_name(clerk, content):
    with pytest.raises(GuardFailed) as refusal:
        upload(clerk, content, name="合同.pdf")
    assert [blocker.code for blocker in refusal.value.blockers] == ["file-type"]


def test_an_empty_file_is_refused(clerk):
    with pytest.raises(GuardFailed) as refusal:
        upload(clerk, b"")
    assert refusal.value.blockers[0].code == "file-empty"


def test_the_limit_is_inclusive(clerk, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_BYTES", 100)
    upload(clerk, b"%PDF-".ljust(100))
    with pytest.raises(GuardFailed) as refusal:
        upload(clerk, b"%PDF-".ljust(101))
    assert refusal.value.blockers[0].code == "file-too-large"


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("总平面图.PDF", PDF, "总平面图.pdf"),
        ("方案v1.2.pdf", PDF, "方案v1.2.pdf"),
        ("合同.pdf.exe", PDF, "合同_pdf_exe.pdf"),
        ("照片.jpeg", JPEG, "照片.jpeg"),
        ("照片.png", JPEG, "照片_png.jpg"),
        ("..\\..\\windows\\system.pdf", PDF, "system.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\图\\现场.jpg", JPEG, "现场.jpg"),
        ("gpj.\u202eexe.jpg", JPEG, "gpj.exe.jpg"),
        ("合\u00ad同\u200b.pdf", PDF, "合同.pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "x.pdf"),
        ("㙓".ljust(255, "长") + ".pdf", PDF, "㙓" + "长" * 119 + ".pdf"),
        (".htaccess", PNG, "htaccess.png"),
        ("...", WEBP, "附件.webp"),
        ("", PNG, "附件.png"),
        ("𠅤.png", PNG, "𠅤.png"),
        ('a<b>"c|d?.png', PNG, "abcd.png"),
    ],
)
def test_names_are_made_safe_to_show_and_save(typed, kind, kept):
    assert clean_name(typed, kind) == kept


def test_no_typed_name_reaches_the_storage(clerk):
    stored = upload(clerk, b"%PDF-1.7", name="合同.pdf")
    assert stored.original_name == "合同.pdf"
    assert "合同" not in stored.content.name


def test_a_file_is_handed_out_to_be_saved(clerk):
    response = files.serve(upload(clerk, b"%PDF-1.7", name="合同.pdf"))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response) == b"%PDF-1.7"
    response.close()


def test_only_a_picture_is_shown_in_the_page(clerk):
    shown = files.serve(upload(clerk, picture("PNG"), name="现场.png"), inline=True)
    saved = files.serve(upload(clerk, b"%PDF-1.7"), inline=True)
    assert shown["Content-Disposition"].startswith("inline;")
    assert saved["Content-Disposition"].startswith("attachment;")
    shown.close()
    saved.close()


def test_a_photograph_for_a_document_is_small_upright_and_without_camera_data(clerk):
    camera = Image.Exif()
    camera[0x0112] = 6  # taken with the camera turned
    camera[0x010F] = "Camera"
    uri = files.photo(upload(clerk, picture("JPEG", exif=camera), name="现场.jpg"))
    assert uri.startswith("data:image/jpeg;base64,")
    import base64

    with Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))) as small:
        assert small.size == (750, 1000)
        assert not small.getexif()


def test_what_is_no_photograph_is_not_printed(clerk, monkeypatch):
    with pytest.raises(ValueError, match="not a picture"):
        files.photo(upload(clerk, b"%PDF-1.7"))
    with pytest.raises(ValueError, match="cannot be read"):
        files.photo(upload(clerk, b"\xff\xd8\xff" + b"0" * 50, name="坏.jpg"))
    monkeypatch.setattr(files, "PHOTO_PIXELS", 100)
    with pytest.raises(ValueError, match="pixels"):
        files.photo(upload(clerk, picture("PNG"), name="大.png"))
