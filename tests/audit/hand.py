"""The rows of the audit in the hand of somebody who may change them all."""

from random import Random
from typing import Any

from tests.audit.past import BAKERY, TRADE, Past, Rows
from webapp.audit.records import FUND, START, Record, seal_of_head, signature


class Hand:
    """The rows, some place in them, and chance."""

    def __init__(self, past: Past, chance: Random) -> None:
        self.past, self.chance = past, chance
        self.events: Rows = [dict(row) for row in past.whole[0]]
        self.chains: Rows = [dict(row) for row in past.whole[1]]
        self.chain = chance.choice((FUND, BAKERY, TRADE))
        self.length = self.end["count"]
        self.at = chance.choice((1, 2, self.length - 1, chance.randint(2, self.length - 1)))

    @property
    def end(self) -> dict[str, Any]:
        """What is known of the chain's end."""
        return next(row for row in self.chains if row["chain"] == self.chain)

    def event(self, at: int) -> dict[str, Any]:
        """The event at that place."""
        return next(row for row in self.events if (row["chain"], row["position"]) == (self.chain, at))

    def key(self) -> bytes:
        """The chain's own key: for those who have it."""
        return bytes.fromhex(self.past.outside.seal.open(self.end["key"].encode()))

    def moves(self, above: int, by: int) -> None:
        """All events after a place move."""
        for row in self.events:
            if row["chain"] == self.chain and row["position"] > above:
                row["position"] += by

    def chains_anew(self, key: bytes, start: int) -> None:
        """Sign every event from there on, and the end."""
        last = self.event(start - 1)["signature"] if start > 1 else START
        rows = sorted((row for row in self.events if row["chain"] == self.chain), key=lambda row: row["position"])
        for row in rows[start - 1 :]:
            content = {name: value for name, value in row.items() if name != "signature"}
            last = row["signature"] = signature(key, last, Record(**content))
        self.end.update(count=len(rows), last=last, seal=seal_of_head(key, self.chain, len(rows), last))

    def cuts(self, many: int) -> int:
        """The last events are gone; where the first of them was."""
        left = self.length - many
        self.events = [row for row in self.events if row["chain"] != self.chain or row["position"] <= left]
        return left + 1
