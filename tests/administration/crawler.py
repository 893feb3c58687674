"""Goes through the pages of whoever is signed in, and finds what is offered there but closed."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from tests.pages import Element, answers, closest, elements, parsed, text_of

CLOSED = (403, 404, 405)
OFTEN_ENOUGH = 2  # pages of one kind
Sending = tuple[str, list[tuple[str, str]]]


class Crawler:
    """One person's browser; every kind of page in its main part is opened, then every form on them is sent."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.adapter, self.client = app.url_map.bind("localhost"), client
        self.seen: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.forms: dict[str, Sending] = {}
        self.closed: list[str] = []

    def goes_through(self, *ahead: str) -> list[str]:
        """What is offered from these pages on, and closed."""
        todo = list(ahead)
        while todo:
            address = todo.pop(0)
            if self._is_new(address):
                todo += self._opens(address)
        for pressed, (address, sent) in list(self.forms.items()):
            self._sends(pressed, address, sent)
        return self.closed

    def _is_new(self, address: str) -> bool:
        kind = self.kind_of(address, "GET")
        if address in self.seen or self.kinds[kind] >= OFTEN_ENOUGH:
            return False
        self.seen.add(address)
        self.kinds[kind] += 1
        return True

    def kind_of(self, address: str, method: str) -> str:
        """The rule behind an address and the names in its query."""
        path, query = urlsplit(address).path, urlsplit(address).query
        try:
            rule, _args = self.adapter.match(path, method, return_rule=True)
        except HTTPException as nothing:
            return f"{nothing.code} {path}"
        return f"{method} {rule.rule} {sorted({name for name, _ in parse_qsl(query)})}"

    def _opens(self, address: str) -> list[str]:
        with self.client.get(address, follow_redirects=True) as answer:
            if answer.status_code in CLOSED:
                self.closed.append(f"{answer.status_code} {address}")
            if answer.status_code != 200 or answer.mimetype != "text/html":
                return []
            at = answer.request.full_path.rstrip("?")
            [main] = elements(parsed(answer.text), "main")
        self.forms |= dict(_forms(main, at))
        links = (urljoin(at, one.attrs.get("href", "#")) for one in elements(main, "a"))
        return [link.partition("#")[0] for link in links if link.startswith("/")]

    def _sends(self, pressed: str, address: str, sent: list[tuple[str, str]]) -> None:
        given = {name: [value for key, value in sent if key == name] for name, _value in sent}
        with self.client.post(address, data=given, follow_redirects=True) as answer:
            if answer.status_code in CLOSED:
                self.closed.append(f"{answer.status_code} {pressed}")


def _forms(main: Element, at: str) -> Iterator[tuple[str, Sending]]:
    """Each press of a button by its words: where it is sent to, and what."""
    for button in elements(main, "button"):
        form = closest(button, "form")
        if form and form.attrs.get("method") == "post":
            address = urljoin(at, button.attrs.get("formaction") or form.attrs["action"])
            yield f"{address} {text_of(button)}", (address, answers(form, button))
