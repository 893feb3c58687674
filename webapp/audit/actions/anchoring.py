"""Every day the end of each chain is written down outside the database, so that an older copy of it shows."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from webapp.audit import anchors
from webapp.audit.actions.noting import CHAINS, EVENTS, note
from webapp.audit.anchors import Anchor
from webapp.audit.events import Event
from webapp.audit.records import seal_of_anchor
from webapp.jobs import scheduled
from webapp.ports import Outside
from webapp.seal import Seal


class Untrue(Exception):
    """The audit does not agree with its last anchors; the sentence says so, and what to do."""


@dataclass(frozen=True)
class End:
    """Where a chain ends now."""

    chain: int
    count: int
    last: str
    key: str


@scheduled("37 4 * * *")
def anchor(db: Session, outside: Outside) -> None:
    """Anchor what is new, once a day."""
    write_anchors(db, outside)


def write_anchors(db: Session, outside: Outside) -> int:
    """Add a line for each chain that has grown since its last one; how many. Raises Untrue instead of going on."""
    file = outside.config.anchors
    with anchors.alone_with(file):
        newest, above = _newest(file)
        ends = [End(*row) for row in db.execute(sa.select(*(CHAINS.c[name] for name in End.__annotations__)))]
        _compare(db, newest, {end.chain: end for end in ends})
        db.rollback()  # nobody waits for us while we write
        grown = [end for end in ends if end.chain not in newest or end.count > newest[end.chain].count]
        if not grown:
            return 0
        at = outside.now().isoformat(timespec="seconds")
        lines = _lines(outside.seal, at, grown, above)
        anchors.add(file, lines)
        note(db, outside, Event.ANCHORED, lines=sum(1 for _ in anchors.read(file)))
        db.commit()
    return len(lines)


def _newest(file: Path) -> tuple[dict[int, Anchor], str]:
    """The last line of each chain, and the seal of the last one of all."""
    newest, above = {}, ""
    for line in anchors.read(file):
        if isinstance(line, Anchor):
            newest[line.chain], above = line, line.seal
    return newest, above


def _lines(seal: Seal, at: str, grown: list[End], before: str) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    for end in sorted(grown, key=lambda end: end.chain):
        key = bytes.fromhex(seal.open(end.key.encode()))
        before = seal_of_anchor(key, before, at, end.chain, end.count, end.last)
        lines.append((at, end.chain, end.count, end.last, before))
    return lines


def _compare(db: Session, newest: dict[int, Anchor], ends: dict[int, End]) -> None:
    for line in newest.values():
        place = (EVENTS.c.chain == line.chain, EVENTS.c.position == line.count)
        there = line.chain in ends and ends[line.chain].count >= line.count
        if not there or db.execute(sa.select(EVENTS.c.signature).where(*place)).scalar() != line.last:
            raise Untrue("The audit is not what it was when it was last anchored. Run: flask audit verify")
