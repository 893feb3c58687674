"""A person at a browser, with or without htmx: finds things by their words and looks at every page for faults."""

from typing import Self
from urllib.parse import urlsplit

from tests.pages import answers, closest, elements, kind_of, speaks_htmx, text_of
from tests.window import Window


class Visitor(Window):
    """Every verb returns the visitor, so that a journey reads as a story."""

    def somebody_else(self) -> Self:
        """Another browser, without our cookies."""
        return type(self)(self.client.application.test_client(), htmx=self.htmx)

    # -- what a person does --

    def goes_to(self, path: str) -> Self:
        """Type an address; the whole page comes."""
        return self._load("GET", path)

    def goes_back(self) -> Self:
        """Press the browser's Back."""
        return self._load("GET", self._before[-2])

    def fills(self, label: str, text: str) -> Self:
        """Type into a field, over what stands there."""
        field = self.page.field(label)
        assert kind_of(field) not in ("checkbox", "radio", "select"), f"“{label}” is not typed into"
        field.attrs["typed" if field.name == "textarea" else "value"] = text
        return self

    def ticks(self, label: str) -> Self:
        """Tick a box."""
        self.page.field(label, "checkbox").attrs["checked"] = ""
        return self

    def unticks(self, label: str) -> Self:
        """Take the tick away."""
        self.page.field(label, "checkbox").attrs.pop("checked", None)
        return self

    def chooses(self, option: str, of: str = "") -> Self:
        """Choose a radio button by its label, or, with ``of``, an option of that list."""
        if of:
            for one in (options := elements(self.page.field(of, "select"), "option")):
                one.attrs.pop("selected", None)
            next(one for one in options if text_of(one) == option).attrs["selected"] = ""
            return self
        chosen = self.page.field(option, "radio")
        for other in elements(closest(chosen, "form"), "input"):
            if other.attrs.get("name") == chosen.attrs.get("name"):
                other.attrs.pop("checked", None)
        chosen.attrs["checked"] = ""
        return self

    def presses(self, text: str, beside: str = "") -> Self:
        """Press a button; ``beside`` names the row or section when there are several."""
        button = self.page.button(text, beside)
        form = closest(button, "form") or self.page.by_id(button.attrs.get("form", ""))
        if form.attrs.get("method") == "dialog":
            closest(button, "dialog").attrs.pop("open")
            return self
        method = button.attrs.get("formmethod") or form.attrs["method"]
        action = button.attrs.get("formaction") or form.attrs["action"]
        sent = answers(form, button)
        source = button if speaks_htmx(button) else form
        if self.htmx and speaks_htmx(source):
            assert source.attrs.get("data-hx-get", source.attrs.get("data-hx-post")) in (form.attrs["action"], action)
            return self._ask(method.upper(), action, source, sent)
        return self._load(method.upper(), action, sent)

    def follows(self, text: str, beside: str = "") -> Self:
        """Follow a link."""
        link = self.page.link(text, beside)
        if self.htmx and speaks_htmx(link):
            assert link.attrs["data-hx-get"] == link.attrs["href"]
            return self._ask("GET", link.attrs["href"], link, [])
        return self._load("GET", link.attrs["href"])

    def downloads(self, text: str, beside: str = "") -> bytes:
        """Follow a link to a file; the page stays."""
        return self._send("GET", self.page.link(text, beside).attrs["href"], [], {}).data

    # -- what a person sees --

    def sees(self, *texts: str) -> Self:
        """Each of these words stands on the page."""
        for text in texts:
            assert text in self.page.text
        return self

    def does_not_see(self, *texts: str) -> Self:
        """None of these words stands on the page."""
        for text in texts:
            assert text not in self.page.text
        return self

    def is_at(self, path: str) -> Self:
        """The address bar shows this path; the query does not count."""
        assert urlsplit(self.path).path == path
        return self

    def finds_in(self, label: str, text: str) -> Self:
        """The field still holds what was typed."""
        assert self.page.field(label).attrs.get("value", "") == text
        return self
