"""Ticks as the list leaves them."""

from collections.abc import Iterable

from sqlmodel import Session

from webapp.accounts.models import User
from webapp.administration.models import Selected


def ticks(db: Session, chooser: User, people: Iterable[User]) -> None:
    """``chooser`` has ticked these people, besides those who are; committed."""
    db.add_all(Selected(chooser_id=chooser.id or 0, user_id=person.id or 0) for person in people)
    db.commit()
