"""A letter promises no telephone and no e-mail: which method somebody registers is theirs to choose."""

from datetime import date

import pytest

from webapp.config import Config
from webapp.letters.models import Purpose
from webapp.letters.sheet import Sheet
from webapp.letters.window import typeset
from webapp.writing import TemplateWriter

LINES = ("Boulangerie Exemple SA", "Anna Neu", "Rue 1", "1400 Yverdon")


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_letter_says_what_is_so_for_everybody(purpose: Purpose) -> None:
    sheet = Sheet("26-000123", "Anna Neu", typeset(LINES, "right"), date(2026, 11, 23), date(2026, 12, 23))
    written = TemplateWriter(Config()).write(f"letters/{purpose}.html", "en", sheets=[sheet], side="right")
    text = " ".join(written.split())
    assert "ogin method" in text
    assert "mobile" not in text
    assert "We have sent you" not in text
