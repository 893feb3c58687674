"""What a finished letter costs: from the waiting order to the file for the printer, against typesetting alone."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from unittest.mock import patch

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from tests.bench.measuring import Line, at_most, cpu, interleaved, often, ratio, told
from tests.bench.place import Place, databases, place
from tests.factories import a_user, an_employer
from tests.letters.orders import an_order
from webapp.config import Config, Misconfigured
from webapp.formats import local_day
from webapp.gateways import from_config
from webapp.gateways.press_weasyprint import STATIC, STYLE, harfbuzz_subset_present
from webapp.letters.actions import start_run
from webapp.letters.sheet import Sheet
from webapp.letters.square import square
from webapp.letters.window import typeset

SINGLE = "one letter"


class Desk:
    """The fund's desk: letters wait, then they are printed, sealed, stored and handed over."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._employer = an_employer(place.db)

    def has_waiting(self, count: int) -> None:
        """So many people wait for a letter in one language."""
        for _ in range(count):
            an_order(self._place.db, a_user(self._place.db, self._employer))

    def prints(self) -> None:
        """One run with everything that waits."""
        outside = self._place.outside
        assert start_run(self._place.db, outside, None)
        assert not outside.jobs.failed  # type: ignore[attr-defined]

    def cost(self, letters: int, runs: int = 1) -> float:
        """The CPU seconds of one letter, in documents of ``letters``."""
        total = 0.0
        for _ in range(runs):
            self.has_waiting(letters)
            total += cpu(self.prints)()
        return total / letters / runs


class Typesetting:
    """WeasyPrint alone, on the very same HTML: fonts and style are read once, nothing is tagged or kept."""

    def __init__(self, place: Place) -> None:
        self._fonts = FontConfiguration()
        accent = f":root {{ --accent: {place.outside.config.fund.accent} }}"
        self._style = CSS(string=STYLE.read_text() + accent, base_url=STYLE.as_uri(), font_config=self._fonts)
        self._place = place

    def html(self, letters: int) -> str:
        """The letters as the portal writes them."""
        config, today = self._place.outside.config, local_day(self._place.outside.now())
        sheets = [_sheet(number, today, config.address, config.window) for number in range(letters)]
        template = "letters/upgrade.html"
        return self._place.outside.writer.write(template, "fr", sheets=sheets, side=config.window)

    def sets(self, html: str) -> bytes:
        """An untagged PDF."""
        page = HTML(string=html, base_url=f"{STATIC.as_uri()}/")
        return bytes(page.write_pdf(font_config=self._fonts, stylesheets=[self._style]))


def _sheet(number: int, today: date, address: str, side: str) -> Sheet:
    code = f"{number:012d}".replace("0", "K")
    return Sheet(
        number=f"{number:08d}",
        person="Anne Favre-Exemple 17",
        address=typeset(("Boulangerie Exemple 1 SA", "Anne Favre-Exemple 17", "Rue du Marché 7", "1800 Vevey"), side),
        printed_on=today,
        last_day=today + timedelta(days=30),
        code=code,
        square=square(address, code),
    )


def lines() -> Iterator[Line]:
    """Goal 1, as far as one process goes."""
    refused = _start_without_harfbuzz_subset_is_refused()
    what = "The start refuses a WeasyPrint without harfbuzz-subset (7.4x slower)"
    yield Line(what, "refused" if refused else "starts", "refused", refused)
    with databases() as found, found.fresh("sqlite") as url, place(url) as here:
        desk, bare = Desk(here), Typesetting(here)
        once = bare.html(1)
        yield from _small(desk, bare, once)
        yield from _large(desk, bare, once)


def _start_without_harfbuzz_subset_is_refused() -> bool:
    with patch("webapp.gateways.press_weasyprint.harfbuzz_subset_present", lambda: False), suppress(Misconfigured):
        from_config(Config())
        return False
    return harfbuzz_subset_present()


def _small(desk: Desk, bare: Typesetting, once: str) -> Iterator[Line]:
    twenty = bare.html(20)
    batch = often(5, 2)
    seen = interleaved(
        {
            "bare": cpu(lambda: bare.sets(once), batch),
            SINGLE: lambda: desk.cost(1, batch),
            "twenty": lambda: desk.cost(20),
            "bare twenty": cpu(lambda: bare.sets(twenty)),
        },
        often(12, 3),
    )
    yield at_most(
        "A finished PDF/UA-1 letter: database, code, hash, seal, file", ratio(seen[SINGLE], seen["bare"]), 1.3
    )
    yield at_most("A finished letter in a document of 20", ratio(seen["twenty"], seen["bare"]), 1.0)
    twenty_bare = [seconds / 20 for seconds in seen["bare twenty"]]
    yield told("  the same against a bare document of 20", ratio(seen["twenty"], twenty_bare))


def _large(desk: Desk, bare: Typesetting, once: str) -> Iterator[Line]:
    seen = interleaved(
        {"bare": cpu(lambda: bare.sets(once), often(20, 5)), "hundred": lambda: desk.cost(100)}, often(5, 1)
    )
    yield at_most("A finished letter in a document of 100", ratio(seen["hundred"], seen["bare"]), 1.0)
