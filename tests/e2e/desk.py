"""What a person does with a browser: sign in, open a task from the inbox, fill it in, click its button."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from approvals.accounts.models import User

expect.set_options(timeout=20_000)  # ms; a busy machine is no defect

PLACES = ("/inbox/?scope=mine", "/inbox/?scope=group", "/my/")


class Desk:
    """One browser context per person, so that everybody stays signed in."""

    def __init__(self, url: str, browser: Browser, password: str, pictures: Path | None) -> None:
        self.url, self.browser, self.password, self.pictures = url, browser, password, pictures
        self.contexts: dict[int, BrowserContext] = {}
        self.places: dict[int, str] = {}
        self.count = 0

    def page_of(self, user: User) -> Page:
        context = self.contexts.get(user.pk)
        if context is None:
            context = self.contexts[user.pk] = self.browser.new_context(locale="zh-CN")
            self._sign_in(context, user)
        page = context.pages[0] if context.pages else context.new_page()
        page.set_default_timeout(20_000)
        return page

    def forget(self) -> None:
        """Everybody signs in again: sessions end while the days go by."""
        for context in self.contexts.values():
            context.close()
        self.contexts.clear()

    def open(self, user: User, path: str, picture: str = "") -> Page:
        page = self.page_of(user)
        page.goto(f"{self.url}{path}")
        self.look(page, picture)
        return page

    def do(self, user: User, step: str, /, project: str, matter: str = "", **fields: Any) -> Page:
        """Find the task among one's own and one's group's, fill its form, click its button."""
        page = self._find(user, step, project, matter)
        self.look(page, f"task-{step}")
        for name, value in fields.items():
            fill(page, name, value)
        page.locator("form[action$='/do/'] button[type=submit]").first.click()
        expect(page.locator("body")).to_contain_text("已完成")
        self.look(page)
        return page

    def _find(self, user: User, step: str, project: str, matter: str) -> Page:
        page = self.page_of(user)
        for place in sorted(PLACES, key=lambda place: place != self.places.get(user.pk)):
            page.goto(f"{self.url}{place}")
            rows = page.locator("tbody tr, article").filter(has_text=project)
            row = rows.filter(has_text=matter) if matter else rows
            link = row.locator("a[href*='/tasks/']").filter(has_text=re.compile(rf"^\s*{re.escape(step)}\s*$"))
            if link.count():
                self.places[user.pk] = place  # where one looks first the next time
                self.look(page, f"inbox-{place.strip('/').partition('/')[0]}")
                link.first.click()
                expect(page.locator("h1")).to_contain_text(step)
                return page
        raise AssertionError(f"{user} has no task {step!r} for {project} {matter}")

    def look(self, page: Page, name: str = "") -> None:
        if self.pictures is not None:
            self.count += 1
            self.pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self.pictures / f"{self.count:03d}-{name or 'page'}.png", full_page=True)

    def close(self) -> None:
        self.forget()

    def _sign_in(self, context: BrowserContext, user: User) -> None:
        page = context.new_page()
        page.goto(f"{self.url}/accounts/login/")
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", self.password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        expect(page.locator("body")).not_to_contain_text("请输入一个正确的")


def fill(page: Page, name: str, value: Any) -> None:
    """Set a field by its name, whatever kind of control it is. A list checks several boxes."""
    form = page.locator("form[action$='/do/']")  # beside it stand small forms that may use the same names
    field = form.locator(f"[name='{name}']")
    kind = field.first.get_attribute("type") or ""
    if field.first.evaluate("node => node.tagName") == "SELECT":
        field.select_option(**value) if isinstance(value, dict) else field.select_option(value)
    elif kind in {"radio", "checkbox"}:
        for chosen in value if isinstance(value, list) else [value]:
            box = field.first if chosen is True else form.locator(f"[name='{name}'][value='{chosen}']")
            box.check(force=True)
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(str(value))
