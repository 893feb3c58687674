"""What the desk wants to see of what happened, as the address says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from webapp.audit.events import Event

LAST_PAGE = 10_000  # nobody turns so many; a larger number is only somebody's joke


def page_in(told: Mapping[str, str]) -> int:
    """The page's number, the first one for anything that is none."""
    number = told.get("page", "")
    return max(1, min(int(number), LAST_PAGE)) if number.isascii() and number.isdigit() and len(number) < 6 else 1


@dataclass(frozen=True)
class Wanted:
    """A company by its member number, and a kind of event; empty: all."""

    company: str = ""
    event: str = ""
    page: int = 1

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self:
        """What ``told`` asks for; what is none of our events asks for nothing."""
        event = told.get("event", "")
        company = told.get("company", "").replace("\0", "").strip()
        return cls(company, event if event in set(Event) else "", page_in(told))

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.company or self.event)

    def args(self) -> dict[str, str]:
        """For the address of another page of the same."""
        return {name: value for name, value in (("company", self.company), ("event", self.event)) if value}
