"""What contestants do who note in the same chains at the same moment, and a naive twin of it."""

import time
from typing import Any

import sqlalchemy as sa

from webapp.audit import actions
from webapp.audit.actions.noting import CHAINS, EVENTS
from webapp.audit.events import Event
from webapp.audit.records import Record, seal_of_head, signature

A_MOMENT = 0.05  # seconds, between looking and writing


def note(place: Any, number: int, *, chains: list[int], times: int) -> str:
    """Note in each of the chains, one after the other and all at once."""
    for _time in range(times):
        for chain in chains if number % 2 else chains[::-1]:
            actions.note(place.db, place.outside, Event.SIGNED_IN, about=number, employer_id=chain, factors=1)
        place.db.commit()
    return "noted"


def note_naively(place: Any, number: int, *, chains: list[int], times: int) -> str:
    """Look where the chain ends, then add an event behind it."""
    for _time in range(times):
        for chain in chains:
            _add(place, number, chain)
            place.db.commit()
    return "noted"


def _add(place: Any, number: int, chain: int) -> None:
    end = place.db.execute(sa.select(CHAINS).where(CHAINS.c.chain == chain)).one()
    place.db.rollback()
    key = bytes.fromhex(place.outside.seal.open(end.key.encode()))
    time.sleep(A_MOMENT)
    count = end.count + 1
    record = Record(chain, count, place.outside.now(), "signed_in", number, None, '{"factors":1}')
    last = signature(key, end.last, record)
    place.db.execute(sa.insert(EVENTS).values(**record._asdict(), signature=last))
    fits = {"count": count, "last": last, "seal": seal_of_head(key, chain, count, last)}
    place.db.execute(sa.update(CHAINS).where(CHAINS.c.chain == chain).values(**fits))
