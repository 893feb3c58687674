"""The anchors: what they hold, when they refuse, and that a new sealing secret leaves everything provable."""

import tracemalloc
from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.audit.past import BAKERY, Past, without_triggers
from webapp.audit import anchors
from webapp.audit.actions import Untrue, note, write_anchors
from webapp.audit.actions.anchoring import anchor
from webapp.audit.events import Event
from webapp.audit.queries import verify
from webapp.audit.queries.reading import events
from webapp.audit.records import FUND
from webapp.audit.tampering import Tampering, What
from webapp.database import create_engine, reading
from webapp.ports import Outside
from webapp.resealing import reseal
from webapp.seal import Seal


def signs_in(db: Session, outside: Outside, employer_id: int | None = BAKERY) -> None:
    note(db, outside, Event.SIGNED_IN, about=1, by=1, employer_id=employer_id, factors=1)
    db.commit()


def lines(outside: Outside) -> list[str]:
    return outside.config.anchors.read_text().splitlines()


def test_only_what_has_grown_is_anchored(db: Session, outside: Outside) -> None:
    assert write_anchors(db, outside) == 0
    signs_in(db, outside)
    assert write_anchors(db, outside) == 1
    assert lines(outside)[0].split()[:3] == [outside.now().isoformat(timespec="seconds"), str(BAKERY), "1"]
    assert write_anchors(db, outside) == 1  # the fund's chain: that it was anchored is an event, too
    signs_in(db, outside)
    anchor(db, outside)
    assert [line.split()[1:3] for line in lines(outside)[2:]] == [[str(FUND), "2"], [str(BAKERY), "2"]]
    assert verify(db, outside).tamperings == []


def test_a_restored_copy_is_refused(db: Session, outside: Outside) -> None:
    past = Past(db, outside)
    without_triggers(db)
    past.puts(*past.older)
    before = lines(outside)
    with pytest.raises(Untrue, match="Run: flask audit verify"):
        anchor(db, outside)
    assert lines(outside) == before


def test_a_line_that_a_full_disk_cut_off_is_named_and_the_next_ones_count(db: Session, outside: Outside) -> None:
    signs_in(db, outside)
    write_anchors(db, outside)
    file = outside.config.anchors
    file.write_text(file.read_text() + "2026-11-23T13:5")
    signs_in(db, outside)
    write_anchors(db, outside)
    assert [isinstance(line, anchors.Anchor) for line in anchors.read(file)] == [True, False, True, True]
    assert verify(db, outside).tamperings == [Tampering(What.ANCHOR, FUND, 2)]


def test_after_resealing_everything_can_still_be_verified(db: Session, outside: Outside) -> None:
    signs_in(db, replace(outside, seal=Seal("old-word")))
    write_anchors(db, replace(outside, seal=Seal("old-word")))
    assert verify(db, replace(outside, seal=Seal("new-word"))).tamperings[0].what is What.KEY
    reseal(db, Seal("new-word old-word"))
    renewed = replace(outside, seal=Seal("new-word"))
    signs_in(db, renewed)
    assert verify(db, renewed).tamperings == []


def test_another_installations_anchors_are_none_of_ours(db: Session, outside: Outside) -> None:
    file = outside.config.anchors
    file.parent.mkdir(parents=True)
    file.write_text(f"2026-11-23T13:52:00+00:00 {BAKERY} 40 {'a' * 64} {'b' * 64}\n")
    assert verify(db, outside).tamperings == [Tampering(What.OLDER, BAKERY, 1, 40)]
    signs_in(db, outside)
    assert verify(db, outside).tamperings == [Tampering(What.ANCHOR, FUND, 1)]


def test_one_event_at_a_time_is_in_memory(db: Session, outside: Outside) -> None:
    for number in range(20_000):
        note(db, outside, Event.LETTER_POSTED, about=number, employer_id=BAKERY, purpose="upgrade")
    db.commit()
    assert peak(lambda: verify(db, outside)) * 4 < peak(lambda: list(events(db, BAKERY)))


def peak(work) -> int:  # type: ignore[no-untyped-def]
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_who_goes_on_meanwhile_raises_no_alarm(db: Session, outside: Outside, database: str) -> None:
    Past(db, outside)
    engine, went_on = create_engine(database), [0]

    def goes_on(_events: int) -> None:
        was = reading.set(False)
        with Session(engine) as another:
            signs_in(another, outside)
            signs_in(another, outside, None)
            write_anchors(another, outside)
        reading.reset(was)
        went_on[0] += 1

    was = reading.set(True)
    assert verify(db, outside, progress=goes_on).tamperings == []
    reading.reset(was)
    assert went_on[0] == 3
    assert verify(db, outside).tamperings == []
    engine.dispose()
