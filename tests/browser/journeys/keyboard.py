"""Somebody who has no mouse: everything by Tab, Space, Enter and Esc; what has the focus must be seen."""

from typing import Self

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.checks import WHERE
from tests.browser.journeys.person import Person
from tests.conftest import PROVE

FAR = 90  # more stops than any page has
ALL = [(language, script) for language in ("fr", "de", "it", "en") for script in (True, False)]


def in_languages(*usual: tuple[str, bool]) -> pytest.MarkDecorator:
    """In these languages, with script or without; to prove it, in all and both ways."""
    return pytest.mark.parametrize(("language", "script"), ALL if PROVE else usual, indirect=["script"])


IN_LANGUAGES = in_languages(("de", True), ("it", False))


class Keyboard(Person):
    """The same verbs. Nothing is clicked, and the focus is never put anywhere by the test."""

    def fills(self, label: str, text: str) -> Self:
        """Tab to the field, and type over what stands there."""
        self._tabs_to(self.reach.get_by_label(self.words(label)))
        return self.types(text)

    def types(self, text: str) -> Self:
        """Type over what stands in the field that has the focus."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def keys(self, *keys: str) -> Self:
        """Press keys."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def presses(self, name: str) -> Self:
        """Tab to the button, and press Enter."""
        self._tabs_to(self.reach.get_by_role("button", name=self.words(name), exact=True))
        return self.keys("Enter")

    def follows(self, name: str) -> Self:
        """Tab to the link, and press Enter."""
        self._tabs_to(self.reach.get_by_role("link", name=self.words(name), exact=True))
        return self.keys("Enter")

    def ticks(self, label: str) -> Self:
        """Tab to the box, and press Space."""
        self._tabs_to(self.reach.get_by_role("checkbox", name=self.words(label)))
        return self.keys("Space")

    def chooses(self, label: str) -> Self:
        """Tab into the group, which begins where a choice was made before, and go on with the arrows."""
        wanted, group = self.reach.get_by_role("radio", name=self.words(label)), self.reach.get_by_role("radio")
        chosen = self.reach.get_by_role("radio", checked=True)
        self._tabs_to((chosen if chosen.count() else group).first)
        self.keys("Space")
        for _step in range(group.count()):
            if wanted.is_checked():
                return self
            self.keys("ArrowDown")
        raise AssertionError(f"not chosen by arrows: {wanted}")

    def picks(self, label: str, option: str) -> Self:
        """Tab to the list, and go down to the option with the arrow."""
        wanted = self.reach.get_by_role("combobox", name=self.words(label), exact=True)
        self._tabs_to(wanted)
        options = wanted.locator("option").all_inner_texts()
        assert self.words(option) in options, options
        self.keys("Home", *["ArrowDown"] * options.index(self.words(option)))
        expect(wanted.locator("option:checked")).to_have_text(self.words(option))
        return self

    def unfolds(self, summary: str) -> Self:
        """Tab to what is folded, and press Enter."""
        self._tabs_to(self.reach.locator("summary").filter(has_text=self.words(summary)))
        return self.keys("Enter")

    def _tabs_to(self, wanted: Locator) -> None:
        expect(wanted).to_be_visible()
        for _stop in range(FAR):
            if wanted.evaluate("node => node === document.activeElement"):
                return
            self.keys("Tab")
            at = self.page.evaluate(WHERE)
            assert at is None or (at["ring"] and not at["hidden"]), at
        raise AssertionError(f"not reached by Tab: {wanted}")
