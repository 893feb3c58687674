"""What a letter brings: a code, drawn while the letter is printed, and the record by which it is recognised later.

The slice that a purpose belongs to registers how its codes are drawn; letters know nothing else about them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Enclosure:
    """One code as it is printed, and the row to be kept in the same commit; the code itself is kept nowhere."""

    code: str = field(repr=False)
    record: Any = field(repr=False)


# (letters, printed_on, outside) -> an enclosure for each letter's id; whoever is left out gets no letter any more
Draw = Callable[[Sequence[Any], date, Any], Mapping[int, Enclosure]]

_draws: dict[str, Draw] = {}


def enclose(purpose: str, draw: Draw) -> None:
    """Have ``draw`` make the codes of letters with this purpose; it opens no transaction."""
    _draws[purpose] = draw


def drawn_for(purpose: str) -> Draw:
    """How the codes of letters with this purpose are drawn; KeyError when nobody has registered it."""
    return _draws[purpose]
