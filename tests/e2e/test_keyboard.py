"""The main way with keys alone: sign in, skip to the content, mark a row, handle it, and leave a menu again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.cases import home_case
from tests.e2e.conftest import PASSWORD

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
STOPS = 60  # more than any page of this way has

FOCUSED = """() => {
  const one = document.activeElement, label = one.labels?.[0]?.innerText ?? "";
  const outlined = [one, one.closest("label") ?? one].some((e) => getComputedStyle(e).outlineStyle !== "none");
  return [`${one.innerText ?? ""}${label}`.trim(), outlined];
}"""


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Every stop on the way can be seen."""
    for _stop in range(STOPS):
        page.keyboard.press(key)
        text, outlined = page.evaluate(FOCUSED)
        assert outlined, f"no visible focus on {text!r}"
        if words in text:
            return
    raise AssertionError(f"{words!r} cannot be reached with the keyboard")


def test_a_handler_claims_a_task_with_keys_alone(live_server, browser, county, clock):
    case = home_case(county)
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/start/")
    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type("handler")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("待办")

    tab_to(page, "跳到主要内容")
    page.keyboard.press("Enter")
    tab_to(page, "本组待认领")
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_contain_text(case.project.name)
    tab_to(page, "勾选：")
    page.keyboard.press("Space")
    tab_to(page, "认领", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#spoken")).to_contain_text("1 件全部办妥")

    tab_to(page, county.handler.name)
    page.keyboard.press("Enter")
    tab_to(page, "English")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY", "the focus is where the menu was opened"
    context.close()
