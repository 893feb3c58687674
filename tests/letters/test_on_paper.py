"""The letters as the press prints them: read back from the PDF."""

import subprocess
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import page
import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from tests.letters.orders import PEOPLE, draw, fingerprint, orders
from tests.letters.paper import Line, code_of, in_window, modules_of, sheets, square_of
from webapp.accounts.models import Employer, User
from webapp.config import Config
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters.actions import start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import Letter, PrintDocument, Purpose
from webapp.letters.square import address_of
from webapp.letters.window import BLOCKS
from webapp.ports import Outside
from webapp.upgrade.models import UpgradeCode

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PORTAL = "https://portal.fund.example"
LETTERS = 2 * len(PEOPLE)


@dataclass(frozen=True)
class Known:
    """What the database knows about one letter."""

    person: str
    email: str
    address: tuple[str, ...]
    addressed_to: tuple[str, ...]
    hash: str


@dataclass(frozen=True)
class Run:
    """A run read back: each document's language, PDF and sheets, and what the database knows, by number."""

    side: str
    documents: list[tuple[str, bytes, list[list[Line]]]]
    known: dict[str, Known]

    @property
    def sheets(self) -> list[list[Line]]:
        """Every sheet of the run."""
        return [lines for _, _, read in self.documents for lines in read]

    def row_of(self, lines: list[Line]) -> Known:
        """What the database knows about the letter whose reference stands on this sheet."""
        [number] = [line.text for line in lines if line.text[:3] == "24-"]
        return self.known[number]


_runs: dict[str, Run] = {}


@pytest.fixture(params=["right", "left"])
def run(db: Session, outside: Outside, request: pytest.FixtureRequest) -> Run:
    """Two letters for each kind of person, really printed, once for each side of the window."""
    side = request.param
    if side not in _runs:
        config = replace(outside.config, window=side, address=PORTAL)
        _runs[side] = _run(db, replace(outside, config=config, press=WeasyPress(config)), config)
    return _runs[side]


def _run(db: Session, outside: Outside, config: Config) -> Run:
    outside.jobs.outside = outside  # type: ignore[attr-defined]
    enclose(Purpose.UPGRADE, draw)
    orders(db, LETTERS)
    started = start_run(db, outside, None)
    assert started
    handed = outside.carrier.handed[started.name]  # type: ignore[attr-defined]
    documents = db.exec(select(PrintDocument).order_by(PrintDocument.position)).all()
    rows = db.exec(
        select(Letter, User, Employer.name, UpgradeCode.hash)
        .where(User.id == Letter.user_id, Employer.id == User.employer_id, UpgradeCode.letter_id == Letter.id)
    ).all()  # fmt: skip
    known = {
        letter.number: Known(
            user.full_name, user.email, user.address(company).printed, tuple(letter.addressed_to or ()), hashed
        )
        for letter, user, company, hashed in rows
    }
    pdfs = [(document.language, handed[document.name].pdf) for document in documents]
    return Run(config.window, [(language, pdf, sheets(pdf)) for language, pdf in pdfs], known)


def test_name_address_and_code_belong_together(run: Run) -> None:
    seen = set()
    for lines in run.sheets:
        known = run.row_of(lines)
        assert fingerprint(code_of(lines).replace(" ", "")) == known.hash
        assert " ".join(line.text for line in in_window(lines, run.side)[1:]) == " ".join(known.address)
        assert known.addressed_to == known.address
        assert any(line.text.endswith(known.person) for line in lines if line.top > 100)
        seen.add(known)
    assert len(run.sheets) == len(seen) == LETTERS


def test_the_address_shows_wherever_the_sheet_slips(run: Run) -> None:
    block = BLOCKS[run.side]
    for lines in run.sheets:
        shown = in_window(lines, run.side)
        assert len(shown) >= 4  # the sender's line and three of the address
        for line in shown:
            assert line.within(block.left, block.top, block.width, block.height), line


def test_an_address_of_four_lines_is_set_in_ten_points(run: Run) -> None:
    for lines in run.sheets:
        if len(run.row_of(lines).address) <= 4 and "Fondation" not in run.row_of(lines).address[0]:
            assert all(line.size >= 10 for line in in_window(lines, run.side)[1:])


def test_each_letter_is_one_sheet_and_stays_on_it(run: Run) -> None:
    for lines in run.sheets:
        footer = min(line.top for line in lines if line.size < 9.1 and line.top > 270)
        assert all(line.left >= 22 - 0.1 and line.right <= 193.1 for line in lines)
        assert all(line.bottom <= footer - 3 for line in lines if line.top < footer)


def test_the_code_is_large_and_in_three_groups(run: Run) -> None:
    for lines in run.sheets:
        [code] = [line for line in lines if "Letter-Code" in line.font]
        assert code.size >= 20
        assert [len(group) for group in code.text.split(" ")] == [4, 4, 4]
        assert code.top > 148.5  # below the fold: not behind the window


def test_the_document_is_accessible_and_complete(run: Run, tmp_path: Path) -> None:
    for language, pdf, _ in run.documents:
        file = tmp_path / f"{language}.pdf"
        file.write_bytes(pdf)
        report = page.validate_pdf(str(file), profile="ua1")
        assert report.is_compliant, str(report)
        assert report.rules.passed == report.rules.total > 100
        fonts = _told_by("pdffonts", file).splitlines()[2:]
        names = {"Letter-Sans", "Letter-Sans-Semi-Bold", "Letter-Code-Medium"}
        assert {line.split("+")[1].split()[0] for line in fonts} == names
        assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, cut down, readable
        assert "Tagged:          yes" in _told_by("pdfinfo", file)


def _told_by(tool: str, file: Path) -> str:
    return subprocess.run([tool, file], capture_output=True, text=True, check=True).stdout


def test_each_document_says_its_language_and_title(run: Run) -> None:
    assert [language for language, _, _ in run.documents] == ["de", "en", "fr", "it"]
    for language, pdf, _ in run.documents:
        read = PdfReader(BytesIO(pdf))
        assert read.trailer["/Root"]["/Lang"] == f"{language}-CH"
        assert "PartnerWeb" in str(read.metadata and read.metadata.title)


def test_the_square_says_the_same_as_the_code(run: Run, tmp_path: Path) -> None:
    for language, pdf, read in run.documents:
        file = tmp_path / f"{language}.pdf"
        file.write_bytes(pdf)
        for number, lines in enumerate(read[:2], start=1):
            wanted = modules_of(address_of(PORTAL, code_of(lines).replace(" ", "")))
            assert square_of(file, number, lines, len(wanted)) == wanted


def test_nothing_on_the_sheet_tells_how_the_person_signs_in(run: Run) -> None:
    for lines in run.sheets:
        assert not any(run.row_of(lines).email in line.text for line in lines)
