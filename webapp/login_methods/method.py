"""LoginMethod: what every second factor can do. A file in ``methods/`` offers one as METHOD; its name is the slug."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from webapp.ports import Outside


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
    language: str
    until: datetime  # when the question lapses


class LoginMethod(Protocol):
    """One way to prove who one is."""

    order: int  # its place on the shelf
    label: Any  # "SMS login"
    process: str  # what the users table shows: SMS
    title: Any  # "Create an SMS login"
    advice: Any  # what it is, what it needs and its risk, in a sentence or two
    sends: bool  # whether asking sends something to the person
    answer_form: type[Any]  # has the field ``code``

    def enrolment_form(self, outside: Outside) -> Any:
        """The form with which an enrolment begins."""

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Start an enrolment from the form's valid answers."""

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Names of what asking uses up besides the person's own share, e.g. the telephone number."""

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """Put the question, send whatever must be sent; what to keep of it until the answer (JSON, sealed)."""

    def proves(self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside) -> bool:
        """Whether ``typed`` is what only the holder could know now."""
