"""LoginMethod: what every second factor can do. A file in ``methods/`` offers one as METHOD; its name is the slug."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Protocol

from sqlmodel import Session

from webapp.config import Config
from webapp.ports import Outside


class Strength(IntEnum):
    """What a method withstands, the weakest first."""

    SPARE = 0  # for the day on which another method is missing; never the only one
    BASIC = 1  # what is sent can be read on its way
    STRONG = 2
    STRONGEST = 3  # of no use on a forged page


@dataclass(frozen=True)
class Begun:
    """An enrolment that was begun: what the method keeps of it, and how the person recognises it."""

    kept: dict[str, Any]  # JSON; sealed before it is stored
    shown_as: str


@dataclass(frozen=True)
class Asking:
    """The circumstances of one question to a holder."""

    db: Session  # messages are written in this transaction
    outside: Outside
    user_id: int
    email: str
    session_id: int
    language: str
    until: datetime  # when the question lapses


@dataclass(frozen=True)
class Proved:
    """The answer is right; ``kept`` and ``shown_as`` replace what was kept of the enrolment, where they are given.

    ``warning`` is a sentence for whoever is let in, e.g. that few codes are left. ``left`` is how many proofs of this
    kind are left, for a method that is used up: its holder is told of each by e-mail.
    """

    kept: dict[str, Any] | None = None
    shown_as: str | None = None
    warning: Any = None
    left: int | None = None


@dataclass(frozen=True)
class NotProved:
    """The answer is not right; ``why`` is a sentence, where there is more to say than the method's usual one."""

    why: Any = None


def as_written(words: Any) -> str:
    """A lazy text as it stands in the source: on its own it is translated into the language of the request."""
    return words if isinstance(words, str) else str(words._args[0])  # noqa: SLF001


class LoginMethod(Protocol):
    """One way to prove who one is."""

    order: int  # its place on the shelf
    label: Any  # "SMS login"
    process: Any  # what the users table shows: SMS
    title: Any  # "Create an SMS login"
    advice: Any  # what it is, in a sentence or two
    needs: Any  # what is needed for it
    risk: Any  # what can go wrong with it, in plain words
    strength: Strength
    sends: bool  # whether asking sends something to the person
    asks: bool  # whether nothing can be right before the question was put; a code from an app needs no question
    used_up: bool  # whether each proof uses one of several up; ``shown_as`` is then "7/10", what is left
    by_code: bool  # whether the answer is a code that somebody types
    elsewhere: bool  # whether the proof is given on another site, from which the person comes back
    life: timedelta  # how long a question waits for its answer
    answer_form: type[Any]  # has the field ``code``

    def offered(self, config: Config) -> bool:
        """Whether this installation has what the method needs."""

    def enrolment_form(self, outside: Outside) -> Any:
        """The form with which an enrolment begins; it may have no field."""

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Start an enrolment from the form's valid answers."""

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Names of what asking uses up besides the person's own share, e.g. the telephone number."""

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """Put the question, send whatever must be sent; what to keep of it until the answer (JSON, sealed)."""

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """What the page of the question needs besides the form, for ``templates/login_methods/questions/SLUG.html``."""

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether ``typed`` is what only the holder could know now; no transaction is open meanwhile."""

    def wrong(self, left: int) -> str:
        """What is said of a wrong answer when ``left`` more tries are left."""
