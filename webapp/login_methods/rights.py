"""Who may register a method now, and letting in whoever has proved to hold one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, url_for

from webapp.formats import local_day
from webapp.login_methods import queries
from webapp.login_methods.method import LoginMethod, Strength
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.web import redirects, sessions
from webapp.web.access import stale
from webapp.web.context import db, me, my_session, now, outside

then: list[Callable[[], None]] = []  # what slices above do right after both factors; create_app fills it


def open_ticket() -> EnrolmentTicket | None:
    """What a letter's code opened, for whoever holds no method yet or has lost it; a password alone opens nothing."""
    if my_session().level > 1:
        return None
    ticket = queries.open_ticket(db(), me(), now(), my_session())
    since = me().factor_since
    return ticket if ticket and (since is None or ticket.opened_at > since) else None


def may_register() -> bool:
    """With a letter's code; or beside a method that was proved lately."""
    return open_ticket() is not None or (my_session().level > 1 and not stale(my_session()))


def who_may_register(view: Callable[..., Response]) -> Callable[..., Response]:
    """For whoever may register a method now; others go where they belong."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        return view(*args, **kwargs) if may_register() else elsewhere()

    return guarded


def elsewhere() -> Response:
    """Where somebody goes who may not register a method now."""
    if my_session().level > 1:
        return redirects.to("login_methods.shelf")
    return redirects.to("second_factor.form" if me().factor_since else "upgrade.start")


def let_in(*, proved: bool = True) -> None:
    """Both factors were given: the session rises, or is proved afresh, under a new word.

    Not ``proved`` just now, only the word is new, and what is owed.
    """
    owes = queries.owes_method(db(), outside().config, me(), local_day(now()))
    sessions.carry_on(me(), owes_method=owes, proved=proved)
    for follow_up in then if proved else ():
        follow_up()


def way_on(asked_for: str | None) -> str:
    """Where whoever was let in goes on: to the page asked for before, once it is said for which company."""
    path = redirects.safe(asked_for)
    if my_session().has_mandates and my_session().chose_at is None:
        return url_for("account.companies", next=path)
    return path or url_for("home.show")


def on_shelf(slug: str) -> LoginMethod:
    """The method that can be registered here today; 404 for any other word, and for spare codes beside nothing."""
    method = queries.offered(outside().config, local_day(now())).get(slug) or abort(404)
    return abort(404) if method.strength is Strength.SPARE and my_session().level < 2 else method


def own(slug: str, public_id: str) -> tuple[LoginMethod, Enrolment]:
    """One's own enrolment, confirmed or not, and its method; anything else is not found."""
    enrolment = queries.own(db(), me(), public_id)
    return (shelf()[slug], enrolment) if enrolment and enrolment.method == slug else abort(404)


def own_and_asked(slug: str, public_id: str) -> tuple[LoginMethod, Enrolment, Challenge | None]:
    """As ``own``, with the question that this session was asked last, if that was this enrolment's."""
    found = queries.own_and_asked(db(), me(), my_session(), public_id)
    return (shelf()[slug], *found) if found and found[0].method == slug else abort(404)


def held(slug: str, public_id: str) -> tuple[LoginMethod, Enrolment]:
    """One's own enrolment that counts, and its method; one that was never confirmed is nobody's yet."""
    method, enrolment = own(slug, public_id)
    return (method, enrolment) if enrolment.confirmed_at else abort(404)
