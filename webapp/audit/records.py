"""What an event is signed with: its place, its content, and the event before it, under the chain's own key."""

import hmac
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

FUND = 0  # the chain of what belongs to no company
START = "0" * 64  # stands before the first event


class Record(NamedTuple):
    """Everything about an event that must never change; ``details`` as text."""

    chain: int
    position: int
    at: Any  # a datetime; whatever somebody has put in its place is only another content
    event: str
    about_id: int | None
    by_id: int | None
    details: str


def signature(key: bytes, before: str, record: Record) -> str:
    """HMAC-SHA-256 in hex of ``record`` as the one that follows the event signed with ``before``."""
    return _signed(key, "event", before, *record._replace(at=_instant(record.at)))


def seal_of_head(key: bytes, chain: int, count: int, last: str) -> str:
    """What confirms that a chain has so many events, and which is the last one."""
    return _signed(key, "head", chain, count, last)


def seal_of_anchor(key: bytes, before: str, at: str, chain: int, count: int, last: str) -> str:
    """What confirms one line of the anchors; ``before`` is the seal of the line above."""
    return _signed(key, "anchor", before, at, chain, count, last)


def _signed(key: bytes, *content: object) -> str:
    return hmac.digest(key, json.dumps(content, separators=(",", ":"), default=repr).encode(), "sha256").hex()


def _instant(at: Any) -> str:
    """The same text for the same instant, however a database hands it over."""
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            return at
    if not isinstance(at, datetime):
        return repr(at)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return str(at.isoformat(timespec="microseconds"))
