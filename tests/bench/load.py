"""How many bytes the first visit brings, and a step of the wizard."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import brotli  # type: ignore[import-untyped]

from tests.bench.measuring import Line, at_most, told
from tests.bench.people import dialogs, steps
from tests.bench.place import databases, place
from tests.bench.running import Connection, serve

BROWSER = {"Accept-Encoding": "br, gzip", "Accept-Language": "fr-CH", "Sec-Fetch-Site": "same-origin"}


class Loaded(HTMLParser):
    """What a page has a browser load at once."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Style sheets, icons, preloaded fonts, scripts, pictures."""
        given = dict(attrs)
        loads = {"link": "href", "script": "src", "img": "src"}
        wanted = tag != "link" or given.get("rel") in ("stylesheet", "icon", "preload")
        if wanted and tag in loads and (path := given.get(loads[tag])):
            self.paths.append(path)


def lines() -> Iterator[Line]:
    """Goal 7."""
    with databases() as found, found.fresh("sqlite") as url, place(url) as here, serve(url) as portal:
        way = Connection(portal)
        sizes = _first_visit(way)
        yield at_most("First load: /sign-in and all it loads", sum(sizes.values()) / 1000, 35, " KB")
        for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:5]:
            yield told(f"  {path}", size / 1000, " KB")
        for box in [*steps(here), *dialogs(here)]:
            headers = {"Cookie": box.cookie, "HX-Request": "true", "HX-Target": box.target}
            answer, body = way.gets(box.path, BROWSER | headers)
            if answer.status != 200:
                raise RuntimeError(f"{box.path} answered {answer.status}")
            yield at_most(f"Fragment: {box.name}", len(body) / 1000, 1, " KB")
            if not answer.headers["Content-Encoding"]:
                yield told("  it is sent as it is; brotli would make of it", len(brotli.compress(body)) / 1000, " KB")


def _first_visit(way: Connection) -> dict[str, int]:
    """The bytes of each body, by path. Fonts are counted when preloaded: others wait for a letter that needs them."""
    answer, body = way.gets("/sign-in", BROWSER)
    page = Loaded()
    page.feed(_plain(answer.headers["Content-Encoding"], body))
    sizes = {"/sign-in": len(body)}
    for path in dict.fromkeys(page.paths):
        here = urlsplit(urljoin("/sign-in", path)).path
        answer, body = way.gets(path, BROWSER)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        sizes[here] = len(body)
    return sizes


def _plain(encoding: str | None, body: bytes) -> str:
    return (brotli.decompress(body) if encoding == "br" else body).decode()
