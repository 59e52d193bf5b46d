"""Static files: vendored as recorded, linked, local only, and readable by everyone."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "config" / "static"
TEMPLATES = Path(settings.BASE_DIR) / "config" / "templates"
VENDOR = STATIC / "vendor"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", (STATIC / "css" / "tokens.css").read_text()))
TEXT = 4.5  # WCAG 2.2, 1.4.3
SHAPE = 3.0  # WCAG 2.2, 1.4.11

INKS = ("ink", "ink-soft", "accent", "accent-strong", "danger")
READ = [
    *((ink, ground) for ink in INKS for ground in ("paper", "surface", "sunken")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent-soft", "accent-strong"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("on-accent", "danger"),
    ("surface", "warning"),
    *((tone, f"{tone}-soft") for tone in ("neutral", "info", "success", "warning", "danger")),
    *((tone, "surface") for tone in ("neutral", "info", "success", "warning", "danger")),
    *((ink, f"{tone}-soft") for ink in ("ink", "neutral") for tone in ("info", "success", "warning", "danger")),
]
SEEN = [("line-strong", "surface"), ("line-strong", "paper"), ("accent", "paper"), ("accent", "surface")]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_is_readable(ink, ground):
    assert contrast(ink, ground) >= TEXT


@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_borders_of_controls_and_focus_rings_can_be_seen(line, ground):
    assert contrast(line, ground) >= SHAPE


def test_vendored_files_are_those_recorded():
    recorded = dict(reversed(line.split()) for line in (VENDOR / "CHECKSUMS").read_text().splitlines())
    present = {path.name for path in VENDOR.iterdir()} - {"CHECKSUMS", "README.md"}
    assert set(recorded) == present
    for name, digest in recorded.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_every_style_sheet_is_linked_once():
    linked = re.findall(r'css/([a-z-]+\.css)"', (TEMPLATES / "components" / "_styles.html").read_text())
    assert sorted(linked) == [sheet.name for sheet in SHEETS]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_style_sheets_load_nothing_from_elsewhere_and_use_known_tokens(sheet):
    source = sheet.read_text()
    assert "@import" not in source
    assert not re.search(r"(?:https?:)?//[a-z]", re.sub(r"/\*.*?\*/", "", source, flags=re.S))
    declared = set(re.findall(r"--([a-z0-9-]+):", (STATIC / "css" / "tokens.css").read_text()))
    assert set(re.findall(r"var\(--([a-z0-9-]+)", source)) <= declared
    for target in re.findall(r"url\(\"?([^\")]+)", source):
        assert (sheet.parent / target).resolve().is_file(), target


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "print.css"], ids=lambda sheet: sheet.name)
def test_colours_are_named_in_the_tokens_only(sheet):
    if sheet.name != "tokens.css":
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text())


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "img" / "icons.svg").read_text()))
    root = Path(settings.BASE_DIR)
    pages = [page for app in ("config", "approvals", "workflows", "documents") for page in (root / app).rglob("*.html")]
    used = {name for page in pages for name in re.findall(r'{% icon "([a-z-]+)"', page.read_text())}
    assert used <= sprite


def test_scripts_keep_to_the_content_security_policy():
    for script in (STATIC / "js").glob("*.js"):
        source = script.read_text()
        assert not re.search(r"\beval\(|new Function|\.style\b|https?://", source), script.name


def test_motion_and_paper_are_thought_of():
    assert "prefers-reduced-motion" in (STATIC / "css" / "base.css").read_text()
    assert "@media print" in (STATIC / "css" / "print.css").read_text()
