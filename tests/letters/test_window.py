"""An address is set as large as the window allows; its widths are never underestimated."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from webapp.administration.person_forms import LONGEST_NAME
from webapp.config import ROOT
from webapp.letters.window import BLOCKS, POINT, SENDER, typeset, width_of

FONT = TTFont(ROOT / "static" / "fonts" / "letters" / "letter-sans-regular.ttf")
LETTERS = [chr(code) for code in FONT.getBestCmap() if chr(code).isprintable() and code < 0x180]
words = st.text(LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
addresses = st.lists(words, min_size=3, max_size=6).map(tuple)


def real_width(line: str, size: float) -> float:
    """As the font has it, without kerning, in millimetres."""
    names, widths = FONT.getBestCmap(), FONT["hmtx"]
    return sum(widths[names[ord(letter)]][0] for letter in line) / 1000 * size * POINT


@given(st.sampled_from(LETTERS))
def test_no_letter_is_wider_than_we_think(letter: str) -> None:
    assert real_width(letter, 10) <= width_of(letter, 10) * 1.06


@given(addresses, st.sampled_from(["left", "right"]))
def test_every_address_fits_its_window(lines: tuple[str, ...], side: str) -> None:
    block, set_ = BLOCKS[side], typeset(lines, side)
    assert len(set_.lines) * set_.leading * POINT + SENDER <= block.height
    assert all(width_of(line, set_.size) <= block.width for line in set_.lines)


@given(addresses, st.sampled_from(["left", "right"]))
def test_no_word_of_a_usual_address_is_lost(lines: tuple[str, ...], side: str) -> None:
    assert " ".join(typeset(lines, side).lines) == " ".join(lines)


def test_a_usual_address_is_set_in_ten_and_a_half() -> None:
    usual = ("Boulangerie Favre SA", "Marc Favre", "Rue de l’Avenir 12", "2502 Bienne")
    assert typeset(usual, "right").size == typeset(usual, "left").size == 10.5
    assert typeset(usual, "right").lines == usual


def test_six_lines_stay_readable() -> None:
    six = ("Schreinerei Müller & Söhne AG", "Annegret Müller", "c/o Treuhand", "Postfach 123", "Weg 1", "8001 Zürich")
    assert typeset(six, "right").size >= 8
    assert typeset(six, "left").size == 10.5


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("letter", ["W", "m", "i"])
def test_of_the_longest_names_nothing_is_lost(letter: str, side: str) -> None:
    long = letter * LONGEST_NAME
    lines = ("Fondation pour l’accueil de jour", f"{long} {long}", "Rue 1", "2502 Bienne")
    set_ = typeset(lines, side)
    assert "".join(set_.lines).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(width_of(line, set_.size) <= BLOCKS[side].width for line in set_.lines)
    assert len(set_.lines) * set_.leading * POINT + SENDER <= BLOCKS[side].height


def test_what_cannot_fit_is_cut_and_says_so() -> None:
    endless = ("W" * 200, "Marc Favre", "Rue 1", "2502 Bienne")
    assert typeset(endless, "right").lines[0].endswith("…")
