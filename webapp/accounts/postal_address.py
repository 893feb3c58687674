"""Where a letter goes, as the Swiss Post reads it: three to six lines, the town last."""

from dataclasses import dataclass

FEWEST, MOST = 3, 6  # printed lines, as the Swiss Post wants them


@dataclass(frozen=True)
class PostalAddress:
    """Company, person, one to three lines (c/o, street and number, post box), postcode and town."""

    company: str
    person: str
    lines: tuple[str, ...]
    postcode: str
    town: str

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines on the envelope; a sole trader's name stands once."""
        names = (self.company,) if self.company in ("", self.person) else (self.company, self.person)
        return tuple(line for line in (*names, *self.lines, f"{self.postcode} {self.town}".strip()) if line)

    @property
    def masked(self) -> tuple[str, ...]:
        """Street and town, so that only those who know them recognise them: R•• d• M••••• •, •••• V••••."""
        lines = (*self.lines, f"{self.postcode} {self.town}".strip())
        return tuple(" ".join(_masked(word) for word in line.split()) for line in lines if line)

    @property
    def is_complete(self) -> bool:
        """Whether a letter would arrive: three to six lines, and a town with its postcode."""
        return FEWEST <= len(self.printed) <= MOST and bool(self.postcode and self.town)


def _masked(word: str) -> str:
    """The first letter; of a number nothing."""
    return (word[0] if word[0].isalpha() else "•") + "•" * (len(word) - 1)
