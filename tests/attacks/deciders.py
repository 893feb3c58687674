"""What contestants decide about each other, and a naive twin of it."""

import time
from typing import Any

from webapp.accounts.actions import admitting
from webapp.accounts.models import User
from webapp.accounts.objections import to_take_rights
from webapp.accounts.queries import administering, rights_of, standings
from webapp.accounts.topics import Level, Topic
from webapp.administration import several
from webapp.administration.change import Change

A_MOMENT = 0.2  # seconds, between looking and writing


def decide(place: Any, by_id: int, user_id: int, what: str) -> str:
    """Take somebody's rights away, or deactivate them; why not, or "done"."""
    by, user = place.db.get_one(User, by_id), place.db.get_one(User, user_id)
    place.db.commit()
    return getattr(admitting, what)(place.db, place.outside, user, by=by) or "done"


def take_rights_naively(place: Any, by_id: int, user_id: int) -> str:
    """As many portals do it: count the others, then write."""
    user = place.db.get_one(User, user_id)
    people = standings(place.db, [user_id])
    objection = to_take_rights(people[0], administering(place.db, people), by_id)
    place.db.commit()
    if objection:
        return objection
    time.sleep(A_MOMENT)
    user.administrator = False
    place.db.commit()
    return "done"


def change_several(place: Any, by_id: int, key: str, *, scope: int, seen: str) -> bool | None:
    """Deactivate whoever is ticked; whether it was new, None when others are ticked by now."""
    by = place.db.get_one(User, by_id)
    place.db.commit()
    given = {"by": by, "scope": scope, "key": key, "seen": seen, "levels": {}}
    done = several.change_selected(place.db, place.outside, Change.DEACTIVATION, **given)
    return done[1] if done else None


def permit_several(place: Any, by_id: int, key: str, topic: str, *, scope: int, seen: str) -> bool | None:
    """Whoever is ticked may only read in one topic; whether it was new."""
    by = place.db.get_one(User, by_id)
    place.db.commit()
    given = {"by": by, "scope": scope, "key": key, "seen": seen, "levels": {Topic(topic): Level.READ}}
    done = several.change_selected(place.db, place.outside, Change.PERMISSIONS, **given)
    return done[1] if done else None


def permit_naively(place: Any, _by_id: int, _key: str, topic: str, *, people: list[int]) -> None:
    """As many portals do it: read what everybody may do, put one topic in its place, write all of it back."""
    before = rights_of(place.db, people)
    place.db.commit()
    time.sleep(A_MOMENT)
    for user in [place.db.get_one(User, one) for one in people]:
        user.topics = before[user.id].kept_with({Topic(topic): Level.READ})
    place.db.commit()
