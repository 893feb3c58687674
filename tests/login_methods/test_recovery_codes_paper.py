"""The sheet of recovery codes, as the real press prints it."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from webapp.config import LANGUAGES, Config
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.login_methods.methods.recovery_codes import as_printed, drawn
from webapp.writing import TemplateWriter

LONG_NAME = "Maria-Magdalena Wyssbrod-von Allmen-Schwarzenberger di San Giovanni Battista"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sheet_says_all_ten_codes(language: str, tmp_path: Path) -> None:
    config = Config(data=tmp_path)
    codes = [as_printed(code) for code in drawn()]
    given = {"codes": codes, "person": LONG_NAME, "drawn_on": datetime(2026, 11, 23, 9, 0, tzinfo=UTC)}
    html = TemplateWriter(config).write("login_methods/recovery_codes_paper.html", language, **given)
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(WeasyPress(config).pdf(html))  # refuses a second page
    text = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, check=True, text=True).stdout
    assert [code for code in codes if code not in text] == []
    assert config.address in text
    assert config.fund.phone in text
