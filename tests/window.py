"""What a browser does with an answer: shows it whole, or puts a fragment where htmx would."""

from typing import Any, Self
from urllib.parse import urlencode, urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_rules import problems
from tests.pages import Element, Page, closest, elements, parsed

ORIGIN = "http://localhost"
REDIRECTS = (301, 302, 303, 307, 308)
Answers = list[tuple[str, str]]


class Window:
    """A browser window on the test client; every page that comes into it is checked."""

    def __init__(self, client: FlaskClient, *, htmx: bool = False) -> None:
        self.client, self.htmx = client, htmx
        self.path = ""  # what the address bar shows, with the query
        self.page: Page
        self.response: TestResponse
        self._before: list[str] = []

    @property
    def status(self) -> int:
        """The last answer's status."""
        return self.response.status_code

    def _load(self, method: str, path: str, sent: Answers | None = None) -> Self:
        """A whole page, as without JavaScript."""
        self._send(method, path, sent or [], {})
        assert self.response.text.lstrip().lower().startswith("<!doctype html>"), "a fragment where a page was due"
        self.page = Page(self.response.text)
        assert not _boxes(self.page.document), "an out-of-band box in a whole page"
        return self._look(self._arrived)

    def _ask(self, method: str, path: str, source: Element, sent: Answers) -> Self:
        """A fragment, put where the answer or the element says."""
        target = self._target(source)
        headers = {"HX-Request": "true", "HX-Current-URL": ORIGIN + self.path}
        for name, node in (("HX-Target", target), ("HX-Trigger", source)):
            headers |= {name: node.attrs["id"]} if "id" in node.attrs else {}
        self._send(method, path, sent, headers)
        if elsewhere := self.response.headers.get("HX-Redirect"):
            return self._load("GET", elsewhere)
        if self.status == 204:
            return self
        assert "<html" not in self.response.text.lower(), "a whole page where a fragment was due"
        if aim := self.response.headers.get("HX-Retarget"):
            target = self.page.document.query(aim)[0]
        self._swap(target, parsed(self.response.text, fragment=True))
        return self._look(self.response.headers.get("HX-Push-Url", self.path))

    def _target(self, source: Element) -> Element:
        wanted = source.attrs.get("data-hx-target", "this")
        if wanted == "this":
            return source
        found = closest(source, wanted[8:]) if wanted.startswith("closest ") else self.page.document.query(wanted)[0]
        assert found is not None, f"no {wanted} round the element"
        return found

    def _swap(self, target: Element, fragment: Any) -> None:
        assert self.response.headers.get("HX-Reswap", "innerHTML").startswith("innerHTML")
        titles = elements(fragment, "title")
        assert len(titles) == (target.attrs.get("id") != "dialog"), "a fragment brings one title, save for the dialog"
        for title in titles:
            self.page.put(elements(self.page.document, "title")[0], title)
            title.parent.remove_child(title)
        boxes = _boxes(fragment)
        assert len(boxes) == len({box.attrs["id"] for box in boxes}), "the same out-of-band box twice"
        for box in boxes:
            assert box.attrs["data-hx-swap-oob"] == "innerHTML"
            self.page.put(self.page.by_id(box.attrs["id"]), box)
            box.parent.remove_child(box)
        self.page.put(target, fragment.root)
        self._mind_the_dialog(target)

    def _mind_the_dialog(self, target: Element) -> None:
        """What the script does: a filled dialog opens, a new main part closes it."""
        if dialog := self.page.by_id("dialog"):
            if target is dialog:
                dialog.attrs["open"] = ""
            elif target.attrs.get("id") == "main":
                dialog.attrs.pop("open", None)

    def _send(self, method: str, path: str, sent: Answers, headers: dict[str, str]) -> TestResponse:
        url = ORIGIN + self.path
        for _hop in range(10):
            url = urljoin(url, path)
            assert url.startswith(ORIGIN + "/"), f"leads away: {url}"
            self.response = self._request(method, url, sent, headers)
            if self.status not in REDIRECTS:
                break
            unseen = [name for name, _ in self.response.headers if name.startswith("HX-")]
            assert not unseen, "htmx never sees the headers of a redirect"
            method, sent, path = "GET", [], self.response.headers["Location"]
        assert self.status not in REDIRECTS, f"leads in circles: {url}"
        self._arrived = url.removeprefix(ORIGIN)
        _check_headers(self.response)
        return self.response

    def _request(self, method: str, url: str, sent: Answers, headers: dict[str, str]) -> TestResponse:
        headers = headers | {"Sec-Fetch-Site": "same-origin", "Referer": ORIGIN + self.path}
        if method == "GET":
            url = url.partition("?")[0] + "?" + urlencode(sent) if sent else url
            return self.client.get(url.removeprefix(ORIGIN).partition("#")[0], headers=headers)
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        return self.client.post(url.removeprefix(ORIGIN), data=data, headers=headers | {"Origin": ORIGIN})

    def _look(self, path: str) -> Self:
        self.path = path
        self._before.append(path)
        assert not (found := problems(self.page)), "\n".join([f"{path}:", *found, self.page.text])
        return self


def _boxes(where: Element) -> list[Element]:
    """What htmx would put elsewhere than at its target."""
    return [node for node in elements(where) if "data-hx-swap-oob" in node.attrs]


def _check_headers(response: TestResponse) -> None:
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.status_code < 500, response.text
