"""What somebody chooses for themselves: how they are called, what comes by e-mail, how pages and letters look."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from webapp.accounts.actions.noting import note_about
from webapp.accounts.models import User
from webapp.accounts.notices import Notice
from webapp.audit.events import Event
from webapp.ports import Outside


@dataclass(frozen=True)
class Settings:
    """Everything that can be chosen on the page of one's settings."""

    shown_name: str
    phone: str  # as ``phone.as_kept`` gives it
    notices: Collection[str]  # those that are wanted
    low_rows: bool
    large_print: bool
    longer_session: bool


def change_settings(
    db: Session, outside: Outside, user: User, chosen: Settings, *, offered: Collection[Notice]
) -> None:
    """Keep them, and note it if anything is different; notices that were not ``offered`` stay as they are."""
    off = {notice for notice in offered if notice not in chosen.notices}
    kept = set(user.notices_off.split()) - set(offered)
    user.notices_off = " ".join(sorted(off | kept))
    user.shown_name, user.phone = chosen.shown_name, chosen.phone
    user.low_rows, user.large_print, user.longer_session = chosen.low_rows, chosen.large_print, chosen.longer_session
    if db.is_modified(user):
        note_about(db, outside, Event.SETTINGS_CHANGED, user, by=user)
    db.commit()


def change_language(db: Session, outside: Outside, user: User, language: str) -> None:
    """From now on pages, letters, e-mails and text messages speak ``language``."""
    user.language = language
    if db.is_modified(user):
        note_about(db, outside, Event.SETTINGS_CHANGED, user, by=user, language=language)
    db.commit()
