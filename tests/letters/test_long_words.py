"""Other languages need more room: the letter still fits its sheet when every sentence is much longer."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.support import NullTranslations

from tests.letters.paper import in_window, sheets
from webapp import writing
from webapp.administration.person_forms import LONGEST_NAME
from webapp.config import Config
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters.sheet import Sheet
from webapp.letters.square import square
from webapp.letters.window import BLOCKS, Side, typeset
from webapp.writing import TemplateWriter

LARGE = 6  # in large print there is room for a sixth more
PIECE = re.compile(r"(%\(\w+\)s|<[^>]+>)")


class Wordy(NullTranslations):
    """Every sentence grows by a part of itself: a third is what German and French do at worst."""

    part = 3

    def ugettext(self, message: str) -> str:
        """The sentence, and a part of it again."""
        said = PIECE.sub("", message)
        return message if len(said) < 12 else f"{message} {said[: len(said) // self.part]}".strip()

    gettext = ugettext


@pytest.mark.parametrize(
    ("purpose", "part"),
    [("upgrade", 3), ("upgrade", LARGE), ("invitation", 3), ("invitation", LARGE), ("recovery", LARGE)],
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_long_translation_stays_on_its_sheet(
    side: str,
    purpose: str,
    part: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    writing._environment.cache_clear()
    monkeypatch.setattr(Wordy, "part", part)
    monkeypatch.setattr(writing.Translations, "load", lambda *_: Wordy())
    config = replace(Config(), window=side, address="https://portal.caisse-de-compensation.example")
    lines = (
        "Fondation pour l’accueil de jour des enfants",
        "Marie-Françoise de Châtillon-Rochefort",
        "Rue 1",
        "1400 Yverdon",
    )
    sheet = Sheet(
        "26-000123", lines[1], typeset(lines, side), date(2026, 11, 23), date(2026, 12, 23),
        "4KTT78ZDTZ6M", square(config.address, "4KTT78ZDTZ6M"), part == LARGE,
    )  # fmt: skip
    html = TemplateWriter(config).write(f"letters/{purpose}.html", "de", sheets=[sheet], side=side)
    writing._environment.cache_clear()
    pdf = WeasyPress(config).pdf(html)
    (tmp_path / "long.pdf").write_bytes(pdf)
    [read] = sheets(pdf)
    footer = min(line.top for line in read if line.size < 9.1 and line.top > 270)
    assert all(line.right <= 193.1 for line in read)
    assert all(line.bottom <= footer - 2 for line in read if line.top < footer)
    assert any("Ausgleichskasse" in line.text and 250 < line.top < footer for line in read)  # the regards


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_of_the_longest_name_nothing_is_lost_on_paper(side: Side, large: bool) -> None:  # noqa: FBT001
    config = replace(Config(), window=side)
    name = f"{'m' * LONGEST_NAME} {'W' * LONGEST_NAME}"
    address = typeset(("Fondation pour l’accueil de jour", name, "Rue 1", "1400 Yverdon"), side)
    square_ = square(config.address, "4KTT78ZDTZ6M")
    sheet = Sheet("26-000123", name, address, date(2026, 11, 23), date(2026, 12, 23), "4KTT78ZDTZ6M", square_, large)
    pdf = WeasyPress(config).pdf(TemplateWriter(config).write("letters/upgrade.html", "fr", sheets=[sheet], side=side))
    [read] = sheets(pdf)
    assert all(line.right <= 193.1 for line in read)
    block, seen = BLOCKS[side], in_window(read, side)
    assert all(line.within(block.left, block.top, block.width, block.height) for line in seen)
    printed = "".join(line.text for line in seen).replace(" ", "")
    assert name.replace(" ", "") in printed
    assert printed.endswith("Rue11400Yverdon")
