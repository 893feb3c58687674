"""What can be wrong with the audit, and where."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """The kinds of tampering that are told apart."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    SWAPPED = "swapped"
    CUT = "cut"
    END = "end"
    KEY = "key"
    OLDER = "older"
    REWRITTEN = "rewritten"
    ANCHOR = "anchor"
    ANCHORS_CUT = "anchors_cut"


SENTENCES = {
    What.CHANGED: "event {at} was changed",
    What.MISSING: "event {at} is missing",
    What.ADDED: "event {at} was put in",
    What.SWAPPED: "events {at} and {with_} were swapped",
    What.CUT: "the end was cut off, from event {at} to event {with_}",
    What.END: "the end was changed or cut off, from event {at} on",
    What.KEY: "its key was changed or is gone; nothing is certain from event {at} on",
    What.OLDER: "events {at} to {with_} were anchored and are gone: cut off, or an older copy was restored",
    What.REWRITTEN: "events {at} to {with_} are not those that were anchored: written anew, with the key",
    What.ANCHOR: "line {at} of the anchors was changed",
    What.ANCHORS_CUT: "lines {at} to {with_} of the anchors are gone",
}


@dataclass(frozen=True)
class Tampering:
    """The first place of a chain at which it is wrong; ``with_`` is the other place, or the last one."""

    what: What
    chain: int
    at: int
    with_: int = 0

    def __str__(self) -> str:
        """What is wrong, in one sentence that says everything but whose chain it is."""
        return f"{SENTENCES[self.what].format(at=self.at, with_=self.with_)}."
