"""Somebody at a window of Chromium: finds what they need by its name, and waits as people do."""

import re
from itertools import count
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.journeys.words import said_in
from tests.browser.live import Portal
from tests.factories import PASSWORD
from webapp.accounts.models import User

IN_REACH = "dialog:modal, body:not(:has(dialog:modal))"
_numbers = count(10)


class Person:
    """Verbs that say what a person does; each waits for what it needs."""

    def __init__(self, page: Page, portal: Portal, language: str = "en") -> None:
        self.page, self.portal, self.language = page, portal, language
        self.mobile = f"079 123 45 {next(_numbers)}"
        self._telephones: dict[str, Telephone] = {}

    def words(self, text: str) -> str:
        """What the English ``text`` is in the language of this person."""
        return said_in(self.language, text)

    @property
    def reach(self) -> Locator:
        """Where one can act: an open dialog leaves the rest out of reach."""
        return self.page.locator(IN_REACH)

    def goes_to(self, path: str) -> Self:
        """Type an address."""
        self.page.goto(path)
        return self

    def signs_in(self, user: User, at: str = "") -> Self:
        """With the password; what comes next depends on the person."""
        self.goes_to(at or f"/sign-in?lang={self.language}").fills("E-mail address", user.email).fills(
            "Password", PASSWORD
        )
        return self.presses("Sign in")

    def fills(self, label: str, text: str) -> Self:
        """Type into the field called ``label``."""
        self.reach.get_by_label(self.words(label)).fill(text)
        return self

    def finds_in(self, label: str, text: str) -> Self:
        """What stands in the field called ``label``."""
        expect(self.reach.get_by_label(self.words(label))).to_have_value(text)
        return self

    def presses(self, name: str) -> Self:
        """Press a button."""
        self.reach.get_by_role("button", name=self.words(name), exact=True).click()
        return self

    def follows(self, name: str) -> Self:
        """Follow a link."""
        self.reach.get_by_role("link", name=self.words(name), exact=True).click()
        return self

    def ticks(self, label: str) -> Self:
        """Tick a box."""
        self.reach.get_by_role("checkbox", name=self.words(label)).check()
        return self

    def chooses(self, label: str) -> Self:
        """Choose one of several."""
        self.reach.get_by_role("radio", name=self.words(label)).check()
        return self

    def sees(self, *texts: str) -> Self:
        """Wait until each of ``texts`` can be read, in the dialog if one is open."""
        for text in texts:
            expect(self.reach).to_contain_text(self.words(text))
        return self

    def does_not_see(self, text: str) -> Self:
        """It stands nowhere on the page."""
        expect(self.page.locator("body")).not_to_contain_text(self.words(text))
        return self

    def is_at(self, path: str) -> Self:
        """The address bar shows ``path``, without anything after it."""
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.portal.url + path)}$"))
        return self

    def has_focus_on(self, what: str) -> Self:
        """The focus is on the element with this id, or, after a page load, on the page as a whole: ``body``."""
        wanted = "body" if what == "body" else f"#{what}"
        expect(self.page.locator(f"{wanted}:focus" if what != "body" else "body:not(:has(:focus))")).to_be_attached()
        return self

    def leaves_nothing_behind(self) -> Self:
        """Of what was done here the browser keeps no more than the path of the page."""
        kept = self.page.evaluate("() => ({...localStorage, ...sessionStorage})")
        kept.pop("htmx-current-path-for-history", None)
        assert not kept
        return self

    def code_on_telephone(self, *, right: bool = True) -> str:
        """The code of the next text message to this person's telephone; or one that it is not."""
        return self._telephones.setdefault(self.mobile, Telephone(self.portal, self.mobile)).code(right=right)


class Telephone:
    """A telephone that receives text messages."""

    def __init__(self, portal: Portal, mobile: str) -> None:
        self._portal, self._number, self._read = portal, "+41" + mobile.replace(" ", "")[1:], 0

    def code(self, *, right: bool = True) -> str:
        """The code in the next text message; or one that it is not."""
        self._portal.waits_for(lambda: len(self._all()) > self._read, f"text message to {self._number}")
        self._read = len(self._all())
        code = self._all()[-1][:6]
        return code if right else f"{(int(code) + 1) % 1_000_000:06d}"

    def _all(self) -> list[str]:
        return [sms["text"] for sms in self._portal.sms() if sms["number"] == self._number]
