"""The first visit stays light: performance goal 7, and the bounds of the house on script and style."""

import brotli
import pytest

from webapp.config import ROOT

STATIC = ROOT / "static"
STYLES = [STATIC / "css" / "base.css", STATIC / "css" / "ui.css"]
SCRIPTS = sorted(STATIC.glob("js/*.js"))
LATER = {"passkey.js"}  # fetched by the first page that needs it
FIRST_LOAD = 35_000
FIRST_PAGE = 1_400  # the sign-in page itself, and /brand.css


def test_the_first_load_is_at_most_35_kb():
    scripts = [path for path in SCRIPTS if path.name not in LATER]
    text = [*STYLES, *scripts, STATIC / "vendor" / "htmx-2.0.11.min.js", STATIC / "brand" / "fund.svg"]
    compressed = sum(len(brotli.compress(path.read_bytes())) for path in text)
    font = (STATIC / "fonts" / "portal-sans.woff2").stat().st_size
    assert compressed + font <= FIRST_LOAD - FIRST_PAGE


def test_the_style_sheets_are_at_most_17_kb():
    """Filters, ticks, pages and the bar below the list of people took two; the first load above stayed as it was."""
    assert sum(path.stat().st_size for path in STYLES) <= 17_000


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_ours_is_at_most_30_lines(script):
    assert len(script.read_text().splitlines()) <= 30
