"""Somebody without a mouse, behind whom each page that is reached is looked at from all sides."""

from typing import Self

from playwright.sync_api import Page

from tests.browser.checks import Examiner
from tests.browser.journeys.keyboard import Keyboard
from tests.browser.journeys.served import Served
from tests.browser.live import Portal


class Examined(Keyboard):
    """What is seen is looked at: the HTML as it is shown and as it was served, axe, reflow.

    ``script``: whether the browser runs any; axe is one itself, so that without it only what is served is looked at.
    """

    def __init__(self, page: Page, portal: Portal, language: str, examiner: Examiner, *, script: bool) -> None:
        super().__init__(page, portal, language)
        self._examiner, self._served, self._script = examiner, Served(page), script

    def sees(self, *texts: str) -> Self:
        """Wait until each of ``texts`` can be read, and look."""
        super().sees(*texts)
        self._served.keep()
        if self._script:
            self._examiner.look(self.page, f"{self.language} {self.page.url}, {texts[0]}")
        return self

    def leaves(self) -> None:
        """At the end all HTML that was served is looked at."""
        self._served.keep()
        self._examiner.faults += self._served.faults(self._examiner.validator)
