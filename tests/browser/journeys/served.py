"""All HTML that the portal serves to a window, as it left the server: pages, and fragments in a page round them."""

import re

from playwright.sync_api import Error, Page, Response

from tests.browser.validator import Validator

TITLE = re.compile(r"^\s*<title>.*?</title>", re.DOTALL)
ROUND = '<!doctype html><html lang="{}"><head><title>A fragment</title></head><body>{}</body></html>'


class Served:
    """Listens to a window, and has everything checked at the end, each text once."""

    def __init__(self, page: Page) -> None:
        self.pages: dict[str, str] = {}
        self._new: list[Response] = []
        page.on("response", lambda response: self._new.append(response))  # noqa: PLW0108 -- Playwright marks it

    def keep(self) -> None:
        """Keep what came since the last time; of a page that was left meanwhile the browser knows nothing more."""
        while self._new:
            response = self._new.pop(0)
            if response.status // 100 == 3 or "text/html" not in response.headers.get("content-type", ""):
                continue
            try:
                html = response.text()
            except Error:
                continue
            if html and not html.lstrip().startswith("<!doctype html>"):
                html = ROUND.format(response.headers.get("content-language", "en"), TITLE.sub("", html))
            self.pages[html] = f"{response.request.method} {response.url}"

    def faults(self, validator: Validator) -> list[str]:
        """What the checker of HTML says, with the address."""
        return [f"{path}: {fault}" for html, path in self.pages.items() if html for fault in validator.faults(html)]
