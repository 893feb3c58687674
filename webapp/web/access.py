"""Every view says whom it is for: see ``check_declared``."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request
from flask_login import current_user

from webapp.accounts.models import LoginSession, User
from webapp.accounts.topics import Level, Topic
from webapp.config import FRESH_PROOF, Misconfigured
from webapp.formats import local_day
from webapp.web import away
from webapp.web.context import mandate_over, my_rights, now, outside

View = TypeVar("View", bound=Callable[..., Any])


class Door(StrEnum):
    """Whom a view is open to."""

    ANYONE = "anyone"
    PASSWORD = "password"  # noqa: S105 -- the pages of PartnerWeb 1.0
    UPGRADE = "upgrade"  # as PASSWORD, and also after the fund's deadline
    HALF = "half"  # where the second factor is asked for: after the password, or for a fresh proof
    ENROLMENT = "enrolment"  # as UPGRADE, and half signed in with a letter's code after a loss
    FULL = "full"  # PartnerWeb 2.0


def _mark(view: View, **marks: Any) -> View:
    if "door" in marks and getattr(view, "door", marks["door"]) is not marks["door"]:
        raise Misconfigured(f"{view.__module__}.{view.__name__} is open to {view.door} and to {marks['door']}.")  # type: ignore[attr-defined]
    for name, value in marks.items():
        setattr(view, name, value)
    return view


def open_to_anyone(view: View) -> View:
    """Strangers may come in."""
    return _mark(view, door=Door.ANYONE)


def password_is_enough(view: View) -> View:
    """A page of PartnerWeb 1.0, for whoever has not upgraded yet; after the deadline only the upgrade is left."""
    return _mark(view, door=Door.PASSWORD)


def part_of_the_upgrade(view: View) -> View:
    """A step of the upgrade: a password is enough, also after the deadline."""
    return _mark(view, door=Door.UPGRADE)


def half_signed_in(view: View) -> View:
    """Where the second factor is asked for."""
    return _mark(view, door=Door.HALF)


def part_of_enrolment(view: View) -> View:
    """A step of registering a method; the view looks whether somebody who is half signed in has the right to it."""
    return _mark(view, door=Door.ENROLMENT)


def needs_fresh_proof(view: View) -> View:
    """Whoever has given both factors long ago gives the second one again first."""
    return _mark(view, needs_fresh_proof=True)


def administrators_only(view: View) -> View:
    """For the company's administrators, besides what the door says."""
    return _mark(view, administrators_only=True)


def for_the_upgraded(view: View) -> View:
    """A page of PartnerWeb 2.0: for whoever has given both factors."""
    return _mark(view, door=Door.FULL)


def needs(topic: Topic, level: Level) -> Callable[[View], View]:
    """For whoever may do at least this, besides what the door says."""
    return lambda view: _mark(view, needs=(topic, level))


def chooses_company(view: View) -> View:
    """Where a company is chosen; also for whoever may act no more for the one chosen before."""
    return _mark(view, chooses_company=True)


def clerks_only(view: View) -> View:
    """For the fund's clerks, with both factors."""
    return _mark(view, door=Door.FULL, clerks_only=True)


def writes(view: View) -> View:
    """A GET that writes all the same: coming back from another site is a step of its protocol."""
    return _mark(view, writes=True)


def does_not_keep_alive(view: View) -> View:
    """Asking for this page alone does not lengthen the session."""
    return _mark(view, does_not_keep_alive=True)


def door_of(view: Callable[..., Any]) -> Door:
    """Whom ``view`` is open to; the strictest door where nothing is said."""
    return getattr(view, "door", Door.FULL)


def guard() -> Response | None:
    """Turn away whoever may not go where they want to; runs before each request."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    door = door_of(view)
    if door is Door.ANYONE:
        return None
    if not current_user.is_authenticated:
        return away.to_the_sign_in()
    elsewhere = belongs_at(door, current_user.user, current_user.session, local_day(now()), outside().config.deadline)
    if elsewhere is None and _must_choose(view, current_user.session):
        elsewhere = "account.companies"
    if elsewhere:
        return away.to(elsewhere, and_back=elsewhere == "second_factor.form")
    _check_roles(view, current_user.user)
    if getattr(view, "needs_fresh_proof", False) and stale(current_user.session):
        return away.to_a_fresh_proof()
    return None


def _must_choose(view: Callable[..., Any], session: LoginSession) -> bool:
    """Whether the company that was chosen is open no more; whoever owes a login method registers that one first."""
    return mandate_over() and not session.owes_method and not getattr(view, "chooses_company", False)


def stale(session: LoginSession) -> bool:
    """Whether both factors were given, but too long ago for what is done now."""
    return session.level > 1 and now() - session.proved_at > FRESH_PROOF


def belongs_at(door: Door, user: User, session: LoginSession, today: date, deadline: date | None) -> str | None:
    """The endpoint where the person belongs instead of behind ``door``; None when the door is theirs."""
    if session.level == 1 and user.factor_since:
        return None if door in (Door.HALF, Door.ENROLMENT) else "second_factor.form"
    if session.level == 1:
        late = deadline is not None and today > deadline
        allowed = door in (Door.UPGRADE, Door.ENROLMENT) or (door is Door.PASSWORD and not late)
        return None if allowed else ("home.show" if door is Door.HALF else "upgrade.start")
    if session.owes_method:
        return None if door in (Door.HALF, Door.ENROLMENT) else "login_methods.shelf"
    if door is Door.FULL and not user.upgraded:
        return "login_methods.shelf"
    return None


def _check_roles(view: Callable[..., Any], user: User) -> None:
    if getattr(view, "clerks_only", False) and not user.clerk:
        abort(403)
    if getattr(view, "administrators_only", False) and not my_rights().administrator:
        abort(403)
    wanted = getattr(view, "needs", None)
    if wanted is not None and not my_rights().allows(*wanted):
        abort(403)


def init_app(app: Flask) -> None:
    """Ask at every request."""
    app.before_request(guard)
