"""Prints letters with WeasyPrint: tagged PDF/UA-1, our own fonts, nothing fetched from anywhere else."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from webapp.config import ROOT, Config
from webapp.ports import Unprintable

STATIC = ROOT / "static"
STYLE = STATIC / "css" / "letter.css"
USUALLY = gc.get_threshold()
ALLOCATIONS = 100_000  # between two collections while a document is set
SHEETS = re.compile(r'<meta name="sheets" content="(\d+)">')


def harfbuzz_subset_present() -> bool:
    """Whether fonts can be cut to what a letter uses the fast way; without it each letter costs seven times more."""
    return ffi.harfbuzz_subset is not None


@contextmanager
def _few_collections() -> Iterator[None]:
    """A document is a growing heap of things that all stay: looking through it again and again cost a quarter."""
    gc.set_threshold(ALLOCATIONS, *USUALLY[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)


class OwnFiles(URLFetcher):
    """Fetches from the given files and folders, and from data: addresses; anything else stops the printing."""

    def __init__(self, *allowed: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False, fail_on_errors=True)
        self._allowed = [path.resolve() for path in allowed]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The resource at ``url``; ValueError when it is none of ours."""
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(url2pathname(parts.path)).resolve()
            if parts.netloc or not any(path.is_relative_to(ours) for ours in self._allowed):
                raise ValueError(f"not ours to print: {url}")
        return super().fetch(url, headers)


class TypeCase:
    """Fonts and style sheet, read once; good for one rendering at a time."""

    def __init__(self, fetcher: OwnFiles, accent: str) -> None:
        self.fonts = FontConfiguration()
        style = STYLE.read_text(encoding="utf-8") + f":root {{ --accent: {accent} }}"
        self.style = CSS(string=style, base_url=STYLE.as_uri(), url_fetcher=fetcher, font_config=self.fonts)


class WeasyPress:
    """The press: as many type cases as were ever needed at the same moment, and no shared image cache (it leaks)."""

    def __init__(self, config: Config) -> None:
        self._fetcher = OwnFiles(STATIC, config.fund.logo)
        self._accent = config.fund.accent
        self._idle: LifoQueue[TypeCase] = LifoQueue()

    def pdf(self, html: str) -> bytes:
        """PDF/UA-1 of ``html``; Unprintable when something is missing or a letter needs more than its one sheet."""
        wanted = SHEETS.search(html)
        try:
            with self._type_case() as case, _few_collections():
                source = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=self._fetcher)
                document = source.render(font_config=case.fonts, stylesheets=[case.style], pdf_variant="pdf/ua-1")
                if wanted and len(document.pages) != int(wanted[1]):
                    raise Unprintable(f"{wanted[1]} letters became {len(document.pages)} sheets")
                return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
        except FatalURLFetchingError as missing:  # a BaseException: nothing else catches it
            raise Unprintable(str(missing)) from missing

    @contextmanager
    def _type_case(self) -> Iterator[TypeCase]:
        try:
            case = self._idle.get_nowait()
        except Empty:
            case = TypeCase(self._fetcher, self._accent)
        try:
            yield case
        finally:
            self._idle.put(case)
