"""The letter after a loss, read back from the paper: its own words, and no way in but the usual one."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_letter
from tests.factories import LONG_AGO, a_user, an_employer
from tests.letters.paper import code_of, in_window, sheets
from webapp.config import LANGUAGES
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters.actions import start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import Purpose
from webapp.letters.window import BLOCKS
from webapp.ports import Outside
from webapp.upgrade.actions.redeeming import enclosures
from webapp.writing import TemplateWriter

PORTAL = "https://partnerweb.fund.example"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("side", ["right", "left"])
def test_the_letter_after_a_loss(side: str, db: Session, outside: Outside) -> None:
    config = replace(outside.config, window=side, address=PORTAL)
    world = replace(outside, config=config, press=WeasyPress(config), writer=TemplateWriter(config))
    world.jobs.outside = world  # type: ignore[attr-defined]
    enclose(Purpose.RECOVERY, enclosures)
    for language in LANGUAGES:
        holder = a_user(db, an_employer(db), language=language, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
        a_letter(db, holder, world.now(), purpose=Purpose.RECOVERY)
    run = start_run(db, world, None)
    assert run
    read = [sheets(document.pdf) for document in world.carrier.handed[run.name].values()]  # type: ignore[attr-defined]
    assert [len(document) for document in read] == [1] * len(LANGUAGES)
    for [lines] in read:
        text = " ".join(line.text for line in lines)
        assert len(code_of(lines).replace(" ", "")) == 12
        assert PORTAL in text.replace(" ", "")
        assert f"{PORTAL}/" not in text.replace(" ", "")
        assert "@company.example" not in text
        assert any(
            day in text for day in ("23 décembre 2026", "23. Dezember 2026", "23 dicembre 2026", "23 December 2026")
        )
        assert "26-0000" in text
        block = BLOCKS[side]
        assert all(line.within(block.left, block.top, block.width, block.height) for line in in_window(lines, side))
        footer = min(line.top for line in lines if line.size < 8.1 and line.top > 270)
        assert all(line.bottom <= footer - 3 for line in lines if line.top < footer)
    assert "Your code for a new login method" in " ".join(line.text for document in read for line in document[0])
