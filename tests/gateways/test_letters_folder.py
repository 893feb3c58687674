"""The folder that the printer empties: files are whole or not there, and a full disk is waited for."""

import errno
import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.letters.orders import draw, orders
from webapp.gateways import letters_folder
from webapp.gateways.letters_folder import FolderCarrier
from webapp.letters.actions import start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import PrintDocument, Purpose, Trouble
from webapp.ports import Outside, PrintedDocument, TryAgainLater

DOCUMENT = PrintedDocument("run-000001-001-fr.pdf", b"%PDF" + b"x" * 50_000, ("24-000001",))
RUN = "run-000001"


def names(folder: Path) -> list[str]:
    """Every file in the folder, hidden ones too."""
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """No file may grow over ``size`` bytes: what a full disk looks like."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_document_brought_twice_is_there_once(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "letters")
    carrier.hand_over(RUN, DOCUMENT)
    carrier.hand_over(RUN, DOCUMENT)
    assert names(tmp_path) == [DOCUMENT.name]
    assert (tmp_path / "letters" / RUN / DOCUMENT.name).read_bytes() == DOCUMENT.pdf


def test_the_delivery_note_comes_last_and_says_what_it_was_told(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    carrier.hand_over(RUN, DOCUMENT)
    carrier.finish(RUN, {"run": RUN, "letters": 1})
    assert json.loads((tmp_path / RUN / "manifest.json").read_bytes()) == {"run": RUN, "letters": 1}


def test_only_the_fund_and_the_printer_read_the_letters(tmp_path: Path) -> None:
    FolderCarrier(tmp_path).hand_over(RUN, DOCUMENT)
    assert (tmp_path / RUN / DOCUMENT.name).stat().st_mode & 0o007 == 0


def test_on_a_full_disk_no_half_letter_is_left(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    with full_at(10_000), pytest.raises(TryAgainLater, match="EFBIG"):
        carrier.hand_over(RUN, DOCUMENT)
    assert names(tmp_path) == []
    carrier.hand_over(RUN, DOCUMENT)
    assert names(tmp_path) == [DOCUMENT.name]


def test_a_folder_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("a file where the folder should be")
    with pytest.raises(TryAgainLater):
        FolderCarrier(tmp_path / "letters").hand_over(RUN, DOCUMENT)


def test_what_a_dead_process_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / RUN).mkdir()
    (tmp_path / RUN / f".{DOCUMENT.name}.4711-1.part").write_bytes(DOCUMENT.pdf[:100])
    FolderCarrier(tmp_path).hand_over(RUN, DOCUMENT)
    assert names(tmp_path) == [DOCUMENT.name]


def test_a_run_on_a_full_disk_waits_and_is_done_later(
    db: Session, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enclose(Purpose.UPGRADE, draw)
    outside.jobs.outside = replace(outside, carrier=FolderCarrier(tmp_path / "letters"))  # type: ignore[attr-defined]

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(letters_folder.os, "fsync", full)
        orders(db, 6)
        start_run(db, outside, None)
    assert names(tmp_path / "letters") == []
    assert set(db.exec(select(PrintDocument.trouble))) == {Trouble.FOLDER}
    db.rollback()
    outside.jobs.again()  # type: ignore[attr-defined]
    assert len(names(tmp_path / "letters")) == 5  # four languages and the delivery note
    assert set(db.exec(select(PrintDocument.trouble))) == {None}
