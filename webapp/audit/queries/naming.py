"""What became of the event that is not right: changed, missing, put in, or swapped with another one."""

from sqlmodel import Session

from webapp.audit.queries.reading import End, Row, events
from webapp.audit.records import START, seal_of_head, signature
from webapp.audit.tampering import Tampering, What


def named(db: Session, key: bytes, end: End, before: str, at: int, row: Row) -> Tampering:
    """``row`` is found at the place ``at``, where the event after the one signed with ``before`` should be."""
    chain, position = end.chain, row.record.position
    if before == START and end.seal != seal_of_head(key, chain, end.count, end.last):
        return Tampering(What.KEY, chain, at)
    if position != at:
        return Tampering(What.MISSING if _is_later(position, at) else What.ADDED, chain, at)
    if at > end.count:
        return Tampering(What.ADDED, chain, at)
    return _among_the_later(db, key, before, at, row) or Tampering(What.CHANGED, chain, at)


def _is_later(position: object, at: int) -> bool:
    return isinstance(position, int) and position > at


def _among_the_later(db: Session, key: bytes, before: str, at: int, row: Row) -> Tampering | None:
    """Where the event is now that should be here: with this one in its place they were swapped, else moved on."""
    above = row.signature
    for other in events(db, row.record.chain, after=at):
        here = signature(key, before, other.record._replace(position=at))
        if here in (other.signature, row.signature):
            there = other.record.position
            follows = here if there == at + 1 else above
            right = signature(key, follows, row.record._replace(position=there))
            swapped = right in (row.signature, other.signature)
            return Tampering(What.SWAPPED if swapped else What.ADDED, row.record.chain, at, there)
        above = other.signature
    return None
