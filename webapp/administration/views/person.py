"""One person of the list, with the letters' history."""

from flask import Response, abort, request

from webapp.accounts.models import User
from webapp.accounts.topic_words import listed as listed_topics
from webapp.accounts.topics import Level, Topic
from webapp.administration import queries
from webapp.administration.views import words
from webapp.administration.views.way import COMPANY, EVERYBODY, Room, administration, desk_users
from webapp.administration.wanted import Wanted
from webapp.web.access import clerks_only, needs, password_is_enough
from webapp.web.context import db, now
from webapp.web.pages import page


@administration.get("/users/<public_id>")
@needs(Topic.ADMINISTRATION, Level.READ)
@password_is_enough
def person(public_id: str) -> Response:
    """Somebody of the company."""
    return _show(COMPANY, public_id)


@desk_users.get("/users/<public_id>", endpoint="person")
@clerks_only
def anybody(public_id: str) -> Response:
    """Somebody of any company."""
    return _show(EVERYBODY, public_id)


def _show(room: Room, public_id: str) -> Response:
    listed = Wanted.read(request.args)
    somebody = seen_from(room, public_id)
    return page(
        "administration/person.html",
        room=room,
        somebody=somebody,
        topics=listed_topics(somebody.user.rights),
        listed=listed,
        words=words,
    )


def seen_from(room: Room, public_id: str) -> queries.Person:
    """Somebody of this room; 404 for whoever is unknown or of another company."""
    return queries.one_person(db(), public_id, room.scope(), now=now()) or abort(404)


def user_from(room: Room, public_id: str) -> User:
    """The same, and nothing else about them."""
    return queries.one_user(db(), public_id, room.scope()) or abort(404)
