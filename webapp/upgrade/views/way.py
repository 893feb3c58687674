"""The way of the upgrade: its blueprint, and where a person stands on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Blueprint, Response, g, request

from webapp.upgrade import queries
from webapp.upgrade.journey import Step
from webapp.upgrade.standing import Standing
from webapp.web import redirects
from webapp.web.access import part_of_the_upgrade
from webapp.web.context import db, me, now, outside

upgrade = Blueprint("upgrade", __name__, url_prefix="/upgrade")

PLACES = {
    Step.LETTER: "upgrade.letter",
    Step.CODE: "upgrade.code",
    Step.METHOD: "login_methods.shelf",
    Step.DONE: "home.show",
}


def before_a_method(view: Callable[..., Response]) -> Callable[..., Response]:
    """A step before the methods: who has passed it goes where they belong."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        step = standing().journey.step(now())
        return redirects.to(PLACES[step]) if step in (Step.METHOD, Step.DONE) else view(*args, **kwargs)

    return guarded


@upgrade.get("")
@part_of_the_upgrade
def start() -> Response:
    """To the step that is next; every link to the upgrade leads here."""
    return redirects.to(PLACES[standing().journey.step(now())])


def standing() -> Standing:
    """Everything that is true now about the upgrade of whoever is here; a request that changes nothing asks once."""
    if "standing" not in g or request.method != "GET":
        g.standing = queries.standing(db(), me(), now(), outside().config.fund.canton)
    return cast(Standing, g.standing)
