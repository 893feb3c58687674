"""The fund's one colour: whether it can be read, and the tokens that the style sheets take from it.

Luminance and contrast are WCAG 2.2's (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls

from webapp.config import Misconfigured

READABLE = 4.5  # contrast of text with what is behind it, WCAG 1.4.3
LINEAR_BELOW = 0.04045  # where sRGB turns from a line into a curve
WHITE = "#ffffff"
DARK_PAPER = "#14181b"  # the page in the dark theme, as in static/css/base.css
DARK_PANEL = "#1d2328"  # the lightest thing that the accent is written on there


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Misconfigured(f"The fund's colour {colour!r} is not a colour: write it as #0b5c7a.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``: 0 for black, 1 for white."""
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def for_the_dark(accent: str) -> str:
    """The accent, lightened in its own hue no more than makes it readable in the dark theme."""
    shades = (_lightened(accent, percent / 100) for percent in range(101))
    return next(shade for shade in shades if contrast(shade, DARK_PANEL) >= READABLE)


def _lightened(colour: str, share: float) -> str:
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    lighter = lightness + (1 - lightness) * share
    return "#" + "".join(
        f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, lighter, saturation * (1 - share))
    )


def brand_css(accent: str) -> str:
    """The style sheet of one colour, light and dark; Misconfigured where white on it could not be read."""
    ratio = contrast(accent, WHITE)
    if ratio < READABLE:
        raise Misconfigured(
            f"The fund's colour {accent} is too pale: its contrast with white is {ratio:.1f},"
            " choose one of at least 4.5."
        )
    dark = for_the_dark(accent)
    light = _tokens(accent, WHITE, mixed(accent, "#000000", 0.25), mixed(WHITE, accent, 0.06))
    night = _tokens(dark, DARK_PAPER, mixed(dark, WHITE, 0.25), mixed(DARK_PAPER, dark, 0.08))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}\n"


def _tokens(accent: str, on_accent: str, hover: str, wash: str) -> str:
    return f"--accent:{accent};--on-accent:{on_accent};--accent-hover:{hover};--accent-wash:{wash}"
