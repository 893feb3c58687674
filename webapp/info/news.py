"""What is new for the people who use the portal: each entry has a day and a text of its own."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One change; its words stand in ``templates/info/news/SLUG.html``."""

    on: date
    slug: str


NEWS = (  # the newest first
    Entry(date(2026, 11, 28), "company"),
    Entry(date(2026, 11, 24), "own_account"),
    Entry(date(2026, 11, 23), "login_methods"),
    Entry(date(2026, 11, 1), "upgrade"),
)
