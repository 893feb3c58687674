"""A window in which nothing of what people wrote may come alive, and those who sing if it does."""

from dataclasses import dataclass, field
from html import escape
from typing import Self

from markupsafe import escape as as_the_portal_writes_it
from playwright.sync_api import BrowserContext, Page, Request, Route

from tests.attacks.injected import MARK, PAYLOADS

TELLS = """() => {
    window.canary = () => tell("a script ran");
    addEventListener("securitypolicyviolation", told => tell(`the policy stopped ${told.violatedDirective}`));
}"""
ALIVE = """(mark) => [...document.querySelectorAll("*")].flatMap(node => {
    const acts = /^(on|hx-|data-hx-)/, leads = /^(href|src|srcdoc|action|formaction)$/;
    const wrong = [...node.attributes].filter(one => one.value.includes(mark) && (acts.test(one.name)
        || leads.test(one.name) && !new URL(one.value, location).search.includes(mark)));
    const inside = /^(script|style|iframe|svg|form|template)$/i.test(node.tagName) && ![...node.children].length;
    const names = [...node.attributes].filter(one => one.name.includes(mark));
    return wrong.concat(names).map(one => `<${node.localName} ${one.name}="${one.value.slice(0, 60)}">`)
        .concat(inside && node.textContent.includes(mark) ? [`<${node.localName}>`] : []);
})"""
A_MOMENT = "() => new Promise(done => setTimeout(done, 40))"
SWAP = "(path) => htmx.ajax('GET', path, {target: '#main', swap: 'innerHTML'})"


@dataclass
class Haunted:
    """A window; ``heard`` is what came alive, ``read`` the pages on which somebody's words stood."""

    page: Page
    heard: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, context: BrowserContext) -> Self:
        """A new window that listens."""
        window = cls(context.new_page())
        window.page.expose_function("tell", lambda told: window.heard.append(told))  # noqa: PLW0108 -- marked by Playwright
        window.page.add_init_script(f"({TELLS})()")
        window.page.on("request", window._asked)
        window.page.on("dialog", lambda dialog: (window.heard.append("a dialog opened"), dialog.dismiss()))
        return window

    def _asked(self, request: Request) -> None:
        path = request.url.partition("?")[0]
        if path.endswith("/canary") or "canary" in request.headers.get("hx-trigger", ""):
            self.heard.append(f"{request.method} {path}")

    def visits(self, path: str) -> None:
        """The whole page, then the same brought by htmx into a page that is there already."""
        self.page.goto(path)
        self.listens(path)
        self.page.evaluate(SWAP, path)
        self.listens(f"{path} by htmx")

    def listens(self, where: str) -> None:
        """A moment for whatever waits to be loaded; then everything in the document is looked at."""
        self.page.evaluate(A_MOMENT)
        self.heard += [f"{where}: {element}" for element in self.page.evaluate(ALIVE, MARK)]
        if MARK in self.page.inner_text("body"):
            self.read.add(where)


def unescaped(route: Route) -> None:
    """The naive twin: the portal's own answer, as if what people wrote were trusted; the policy stays."""
    answer = route.fetch()
    body = answer.text()
    for payload in PAYLOADS:
        for written in (str(as_the_portal_writes_it(payload)), escape(payload)):
            body = body.replace(written, payload)
    route.fulfill(response=answer, body=body)
