"""Whatever is done to the audit is found, and its place is named; a plain table shows nothing of it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.audit.hand import Hand
from tests.audit.past import BAKERY, Past, without_triggers
from tests.audit.tamperers import AGAINST_THE_ANCHORS, TAMPERERS, WITHOUT_THE_KEY, Expected
from webapp.audit.actions.noting import EVENTS
from webapp.audit.events import Event
from webapp.audit.records import FUND
from webapp.audit.tampering import What
from webapp.ports import Outside

MANY = 1000
Found = set[tuple[What, int, int]]


@pytest.fixture
def past(db: Session, outside: Outside) -> Past:
    """What was noted and anchored, in the hands of whoever owns the database."""
    past = Past(db, outside)
    without_triggers(db)
    return past


def tampered(past: Past, many: int) -> Iterator[tuple[str, Expected]]:
    """One tampering after the other, each kind as often as any other; everything is as it was in between."""
    chance = Random(2026)
    for number in range(many):
        hand = Hand(past, chance)
        tamper = TAMPERERS[number % len(TAMPERERS)]
        expected = tamper(hand)
        past.puts(hand.events, hand.chains)
        yield f"{number}, {tamper.__name__}", expected
        past.as_it_was()


def found(past: Past) -> Found:
    """What is found: what, in which chain, and where."""
    return {(one.what, one.chain, one.at) for one in past.found()}


def looked_at_as_a_plain_table(db: Session) -> list[str]:
    """All that can be asked of a table without chain, key and anchors: are the events known and readable."""
    rows = db.execute(sa.select(EVENTS)).all()
    db.rollback()
    known = set(Event)
    return [row.event for row in rows if row.event not in known or not isinstance(json.loads(row.details), dict)]


def test_every_tampering_is_found_and_its_place_is_named_and_a_plain_table_shows_none(past: Past) -> None:
    assert found(past) == set()
    for name, expected in tampered(past, MANY):
        told = found(past)
        assert expected <= told, name
        assert {chain for _what, chain, _at in told} <= {chain for _what, chain, _at in expected} | {FUND}, name
        assert looked_at_as_a_plain_table(past.db) == [], name
    assert found(past) == set()


def test_without_anchors_an_older_copy_would_pass(past: Past) -> None:
    kinds: Counter[Callable[[Hand], Expected]] = Counter()
    for tamper in TAMPERERS:
        hand = Hand(past, Random(tamper.__name__))
        tamper(hand)
        past.puts(hand.events, hand.chains)
        past.outside.config.anchors.unlink()
        kinds[tamper] += any(one.what is not What.ANCHORS_CUT for one in past.found())
        past.as_it_was()
    assert {tamper for tamper in TAMPERERS if not kinds[tamper]} == set(AGAINST_THE_ANCHORS)
    assert {tamper for tamper in TAMPERERS if kinds[tamper]} == set(WITHOUT_THE_KEY)


def test_the_anchors_themselves_are_looked_at(past: Past) -> None:
    file, lines = past.outside.config.anchors, past.anchors.splitlines(keepends=True)
    for number in range(1, len(lines)):
        file.write_text("".join(lines[: number - 1] + lines[number:]))
        expected = {(What.ANCHOR, FUND, number), (What.ANCHORS_CUT, FUND, len(lines))}
        assert found(past) == expected, "taken out"
        word = lines[number - 1].split()
        word[2] = str(int(word[2]) - 1)
        file.write_text("".join([*lines[: number - 1], " ".join(word) + "\n", *lines[number:]]))
        assert found(past) >= {(What.ANCHOR, FUND, number)}, "changed"
    file.write_text("".join(lines[:-2]))
    assert found(past) == {(What.ANCHORS_CUT, FUND, len(lines) - 1)}
    file.unlink()
    assert found(past) == {(What.ANCHORS_CUT, FUND, 1)}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("column", "rubbish"), [("at", "yesterday"), ("details", b"\xff"), ("about_id", "x"), ("signature", "")]
)
def test_what_is_no_event_at_all_is_named_too(past: Past, column: str, rubbish: object) -> None:
    change = sa.text(f"UPDATE audit_event SET {column} = :rubbish WHERE chain = {BAKERY} AND position = 3")
    past.db.execute(change, {"rubbish": rubbish})
    past.db.commit()
    assert found(past) == {(What.CHANGED, BAKERY, 3)}
