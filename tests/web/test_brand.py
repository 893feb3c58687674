"""The fund's colour can be read wherever the style sheets put it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import ROOT, Fund, Misconfigured
from webapp.web.brand import DARK_PANEL, DARK_PAPER, READABLE, WHITE, brand_css, contrast, for_the_dark, luminance

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens(css: str) -> list[dict[str, str]]:
    """The tokens of the light theme, then those of the dark one."""
    return [dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", block)) for block in re.findall(r":root\{(.*?)\}", css)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0b5c7a", "#0b5c7a", 1.0),
    ],
)
def test_contrast_is_as_wcag_counts_it(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_luminance_ends_at_black_and_white():
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)


@given(COLOURS)
def test_whatever_the_colour_it_is_readable_or_refused(colour):
    try:
        light, dark = tokens(brand_css(colour))
    except Misconfigured:
        assert contrast(colour, WHITE) < READABLE
        return
    assert light["accent"] == colour
    for theme, papers in ((light, (WHITE,)), (dark, (DARK_PAPER, DARK_PANEL))):
        for shade in ("accent", "accent-hover"):
            assert contrast(theme[shade], theme["on-accent"]) >= READABLE
            assert all(contrast(theme[shade], paper) >= READABLE for paper in papers)


@given(COLOURS)
def test_a_colour_is_lightened_no_more_than_needed(colour):
    if contrast(colour, DARK_PANEL) >= READABLE:
        assert for_the_dark(colour) == colour


def test_a_pale_colour_is_refused_in_a_sentence():
    with pytest.raises(Misconfigured, match=r"#ffcc00 is too pale: its contrast with white is 1\.5"):
        brand_css("#ffcc00")


@pytest.mark.parametrize("word", ["teal", "#abc", "#0b5c7a;}body{display:none", "#0b5c7a\n", ""])
def test_what_is_no_colour_is_refused(word):
    with pytest.raises(Misconfigured, match="not a colour"):
        brand_css(word)


def test_the_style_sheets_begin_with_the_default_colour():
    base = (ROOT / "static" / "css" / "base.css").read_text()
    assert f"--paper: {DARK_PAPER};" in base
    assert f"--wash: {DARK_PANEL};" in base
    for theme in tokens(brand_css(Fund().accent)):
        for name, colour in theme.items():
            assert f"--{name}: {colour};" in base
