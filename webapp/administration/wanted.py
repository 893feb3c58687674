"""Which people somebody wants to see, and how: it stands in the address, so that it can be kept and shared."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from webapp.upgrade.state import State

SIZES = (20, 60, 200)
USUAL_SIZE = 60
LONGEST = 100  # characters of an answer; more is cut
USUAL_SORT = "name"


class Sort(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    EMAIL = "email"
    LANGUAGE = "language"
    STATUS = "status"
    SINCE = "since"
    PROCESS = "process"
    LETTER = "letter"
    COMPANY = "company"


@dataclass(frozen=True)
class Wanted:
    """Filters, order, density and place in the list. What means nothing is left out, and never an error."""

    q: str = ""  # words of the name or the e-mail
    company: str = ""  # member number or a part of the name; only where all companies are shown
    status: str = ""  # active, new, inactive
    process: str = ""  # "password", or a login method
    letter: str = ""  # a State
    language: str = ""
    asked: str = ""  # "yes": only who asked the administrators for a code
    sort: str = USUAL_SORT  # a Sort, with "-" before it from the end
    size: int = USUAL_SIZE
    compact: str = ""  # "yes" or "no": low rows; else as the person's settings say
    after: str = ""  # the public id of the row before the page
    before: str = ""  # of the row after it
    last: str = ""  # "yes": the end of the list

    @classmethod
    def read(cls, answers: Mapping[str, Any]) -> Self:
        """From an address or a form."""
        told = {field.name: str(answers.get(field.name, "")).strip()[:LONGEST] for field in fields(cls)}
        size = int(told["size"]) if told["size"].isascii() and told["size"].isdecimal() else USUAL_SIZE
        sort = told["sort"] if told["sort"].removeprefix("-") in set(Sort) else USUAL_SORT
        letter = told["letter"] if told["letter"] in set(State) else ""
        status = told["status"] if told["status"] in ("active", "new", "inactive") else ""
        flags = {name: "yes" if told[name] else "" for name in ("asked", "last")}
        compact = told["compact"] if told["compact"] in ("yes", "no") else ""
        tidy = {
            "size": size if size in SIZES else USUAL_SIZE,
            "sort": sort,
            "letter": letter,
            "status": status,
            "compact": compact,
            **flags,
        }
        return cls(**told | tidy)  # type: ignore[arg-type]

    def args(self) -> dict[str, str | int]:
        """For the address: only what is not as usual."""
        told = ((name, getattr(self, name)) for name in USUAL)  # asked for every row of a page
        return {name: value for name, value in told if value != USUAL[name]}

    @property
    def by(self) -> Sort:
        """What it is sorted by."""
        return Sort(self.sort.removeprefix("-"))

    @property
    def from_the_end(self) -> bool:
        """Whether the order is turned round."""
        return self.sort.startswith("-")

    @property
    def filtered(self) -> bool:
        """Whether anybody may be left out."""
        return any((self.q, self.company, self.status, self.process, self.letter, self.language, self.asked))

    @property
    def refined(self) -> bool:
        """Whether something is chosen among what is usually folded."""
        return any((self.status, self.process, self.language, self.compact, self.size != USUAL_SIZE))

    def sorted_by(self, column: str) -> Self:
        """Sorted by ``column`` from the first page; the other way round if it was so already."""
        turned = column == self.sort
        return replace(self.at_the_start(), sort=f"-{column}" if turned else column)

    def at_the_start(self) -> Self:
        """The first page."""
        return replace(self, after="", before="", last="")

    def at(self, place: str, seen: list[str]) -> Self:
        """``first``, ``previous``, ``next`` or ``last`` page, from the page with the rows ``seen``."""
        here = self.at_the_start()
        if place == "last":
            return replace(here, last="yes")
        if place == "next" and seen:
            return replace(here, after=seen[-1])
        return replace(here, before=seen[0]) if place == "previous" and seen else here


USUAL: dict[str, str | int] = {field.name: field.default for field in fields(Wanted)}  # type: ignore[misc]
