"""Every chain from its first event to its end, and against everything that was anchored."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from webapp.audit import anchors
from webapp.audit.events import Event, read
from webapp.audit.queries.naming import named
from webapp.audit.queries.reading import CHAINS, End, begin_a_snapshot, chains_with_events, ends, events
from webapp.audit.records import FUND, START, seal_of_anchor, seal_of_head, signature
from webapp.audit.tampering import Tampering, What
from webapp.ports import Outside
from webapp.seal import Seal

Progress = Callable[[int], object]
Anchored = Mapping[int, str]  # how many events there were: the signature of the last of them
STEP = 1000  # events between two signs of progress


@dataclass
class Verified:
    """How much was looked at, and the first place of each chain, and of the anchors, that is not right."""

    events: int = 0
    chains: int = 0
    lines: int = 0  # of the anchors
    lines_once: int = 0  # that there were, as the audit itself says
    tamperings: list[Tampering] = field(default_factory=list)


def how_many_events(db: Session) -> int:
    """As the chains' ends say; for a progress bar."""
    return db.execute(sa.select(sa.func.coalesce(sa.func.sum(CHAINS.c.count), 0))).scalar_one()


def verify(
    db: Session, outside: Outside, *, noted: Anchored | None = None, progress: Progress = lambda _: None
) -> Verified:
    """Look at everything; ``noted`` are further anchors of the fund's chain, from delivery notes of print runs."""
    verified, file = Verified(), outside.config.anchors
    written_before = sum(1 for _ in anchors.read(file))  # what is anchored from now on is newer than what we see
    begin_a_snapshot(db)
    known = ends(db)
    keys = {chain: _key(outside.seal, end) for chain, end in known.items()}
    anchored: dict[int, dict[int, str]] = defaultdict(dict)
    broken = _read_anchors(file, written_before, keys, anchored)
    anchored[FUND] |= noted or {}
    for chain in sorted({*known, *chains_with_events(db), *(one for one, some in anchored.items() if some)}):
        found = _look_at(db, chain, known.get(chain), keys.get(chain), anchored.get(chain, {}), verified, progress)
        verified.tamperings += [found] if found else []
        verified.chains += 1
    db.rollback()
    verified.tamperings += [Tampering(What.ANCHOR, FUND, broken)] if broken else []
    verified.lines = sum(1 for _ in anchors.read(file))
    if verified.lines < verified.lines_once:
        verified.tamperings.append(Tampering(What.ANCHORS_CUT, FUND, verified.lines + 1, verified.lines_once))
    return verified


def _key(seal: Seal, end: End) -> bytes | None:
    found = seal.open_if_ours(end.key)
    return bytes.fromhex(found) if isinstance(found, str) else None


def _read_anchors(
    file: Path, lines: int, keys: Mapping[int, bytes | None], anchored: dict[int, dict[int, str]]
) -> int | None:
    """Keep what the lines say that are as they were written; the number of the first that is not."""
    broken = None
    for line in islice(anchors.read(file), lines):
        if isinstance(line, anchors.Anchor):
            key = keys.get(line.chain)
            sealed = key and seal_of_anchor(key, line.before, line.at, line.chain, line.count, line.last)
            if key is None or sealed == line.seal:  # without a key nothing can be said against the line
                anchored[line.chain][line.count] = line.last
                continue
        broken = broken or line.number
    return broken


def _look_at(
    db: Session,
    chain: int,
    end: End | None,
    key: bytes | None,
    anchored: Anchored,
    verified: Verified,
    progress: Progress,
) -> Tampering | None:
    """The first place of one chain that is not right."""
    newest = max(anchored, default=0)
    if end is None or key is None:
        gone = end is None and next(events(db, chain), None) is None
        return Tampering(What.OLDER, chain, 1, newest) if gone else Tampering(What.KEY, chain, 1)
    last, count = START, 0
    for row in events(db, chain):
        count += 1
        right = row.record.position == count and signature(key, last, row.record) == row.signature
        if not right:
            return named(db, key, end, last, count, row)
        last = row.signature
        if anchored.get(count, last) != last:
            return Tampering(What.REWRITTEN, chain, max((at for at in anchored if at < count), default=0) + 1, count)
        if row.record.event == Event.ANCHORED:
            verified.lines_once = max(verified.lines_once, int(str(read(row.record.details)["lines"])))
        verified.events += 1
        if count % STEP == 0:
            progress(STEP)
    progress(count % STEP)
    return _at_the_end(chain, key, end, count, last, newest)


def _at_the_end(chain: int, key: bytes, end: End, count: int, last: str, newest: int) -> Tampering | None:
    """Whether the chain is as long as it ever was."""
    if end.seal != seal_of_head(key, chain, end.count, end.last):
        return Tampering(What.END, chain, count + 1)
    if count < end.count:
        return Tampering(What.CUT, chain, count + 1, end.count)
    if (count, last) != (end.count, end.last):
        return Tampering(What.END, chain, end.count + 1)
    return Tampering(What.OLDER, chain, count + 1, newest) if newest > count else None
