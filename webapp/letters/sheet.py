"""What one letter says about one person: everything that the template needs, and nothing else."""

from dataclasses import dataclass, field
from datetime import date

from webapp.letters.window import Typeset
from webapp.square import Square

GROUP = 4
HIDDEN = ("••••", "••••", "••••")


@dataclass(frozen=True)
class Sheet:
    """One letter, one sheet; without a code it is the copy for the person's history."""

    number: str
    person: str
    address: Typeset
    printed_on: date
    last_day: date
    code: str | None = field(default=None, repr=False)
    square: Square | None = None
    large: bool = False  # in large print, for whoever wished so

    @property
    def groups(self) -> tuple[str, ...]:
        """The code as printed, in groups of four; bars where it must not be read."""
        if self.code is None:
            return HIDDEN
        return tuple(self.code[start : start + GROUP] for start in range(0, len(self.code), GROUP))
