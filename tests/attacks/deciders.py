"""What contestants decide about each other, and a naive twin of it."""

import time
from typing import Any

from webapp.accounts.actions import admitting
from webapp.accounts.models import User
from webapp.accounts.objections import to_take_rights
from webapp.accounts.queries import administering, standings
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
    given = {"by": by, "scope": scope, "key": key, "seen": seen}
    done = several.change_selected(place.db, place.outside, Change.DEACTIVATION, **given)
    return done[1] if done else None
