"""Print runs whose process is killed at random moments, and two at once: nothing lost, nothing doubled."""

import hashlib
import json
import random
import time
from dataclasses import replace
from pathlib import Path

import page
import pytest
from sqlmodel import Session

from tests.conftest import PROVE
from tests.letters.aftermath import faults, readable_codes
from tests.letters.dying import begun, killed, print_everything, print_everything_naively
from tests.letters.orders import orders
from webapp.config import Config

LETTERS = 300 if PROVE else 100
sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def place(config: Config, tmp_path: Path) -> Config:
    """A folder of our own for the letters, and the database's file beside it where it is a file."""
    return replace(config, data=tmp_path)


def finished(place: Config, per_document: int, *, real: bool) -> None:
    """Started again, and left alone this time."""
    process = begun(print_everything, place, per_document, real=real)
    process.join()
    assert process.exitcode == 0


def some_time(place: Config, seconds: float) -> None:
    """So long, or, where the press is quick, until one document more has come."""
    until, before = time.monotonic() + seconds, len(list(place.letters.rglob("*.pdf")))
    while time.monotonic() < until and len(list(place.letters.rglob("*.pdf"))) == before:
        time.sleep(0.005)


def manifest(place: Config) -> dict[str, object]:
    """The delivery note of the only run."""
    [note] = place.letters.glob("*/manifest.json")
    return dict(json.loads(note.read_bytes()))


@sqlite
@pytest.mark.parametrize("world", range(6 if PROVE else 1))
def test_a_killed_run_loses_and_doubles_nothing(place: Config, db: Session, world: int) -> None:
    orders(db, LETTERS)
    db.close()
    chance = random.Random(world)
    kills = 0
    while kills < 5:
        process = begun(print_everything, place, 15, real=True)
        some_time(place, chance.uniform(0.02, 4))
        assert killed(process), "the run was complete before it could be killed often enough"
        kills += 1
        assert not readable_codes(place)
    finished(place, 15, real=True)
    assert faults(place) == []
    assert not readable_codes(place)
    note = manifest(place)
    assert note["letters"] == LETTERS
    for document in note["documents"]:  # type: ignore[attr-defined]
        file = place.letters / str(note["run"]) / document["name"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == document["sha256"]
        report = page.validate_pdf(str(file), profile="ua1")
        assert report.is_compliant, str(report)


@pytest.mark.parametrize("seed", range(30 if PROVE else 3))
def test_it_may_be_killed_in_the_middle_of_a_commit(place: Config, db: Session, seed: int) -> None:
    orders(db, 60)
    db.close()
    chance = random.Random(seed)
    for _ in range(10):
        process = begun(print_everything, place, 2, real=False)
        time.sleep(chance.uniform(0.01, 0.4))
        killed(process)
        assert not readable_codes(place)
    finished(place, 2, real=False)
    assert faults(place) == []
    assert manifest(place)["letters"] == 60


@pytest.mark.parametrize("round_", range(10 if PROVE else 2))
def test_two_at_once_print_each_letter_once(place: Config, db: Session, round_: int) -> None:
    orders(db, 60)
    db.close()
    workers = [begun(print_everything, place, 4, real=False) for _ in range(2)]
    for worker in workers:
        worker.join()
    finished(place, 4, real=False)
    assert faults(place) == []
    assert manifest(place)["letters"] == 60


@sqlite
def test_the_naive_twin_is_caught(place: Config, db: Session) -> None:
    orders(db, 60)
    db.close()
    process = begun(print_everything_naively, place, 2, real=False)
    while process.is_alive() and len(list(place.letters.rglob("*.pdf"))) < 3:
        time.sleep(0.002)
    assert killed(process), "too quick to be caught in the act"
    process = begun(print_everything_naively, place, 2, real=False)
    process.join()
    assert any(fault.startswith("doubled") for fault in faults(place))


@sqlite
def test_a_readable_code_would_be_found(place: Config, db: Session) -> None:
    orders(db, 1)
    db.close()
    (place.data / "draft.html").write_text("<p>4KTT 78ZD TZ6M</p>")
    assert readable_codes(place)
