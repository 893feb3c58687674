"""People on their way through the upgrade, and the boxes that htmx asks for while they are there."""

from dataclasses import dataclass
from datetime import timedelta

from tests.bench.place import Place
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from tests.letters.orders import an_order
from webapp.accounts.actions import begin_session
from webapp.accounts.models import User
from webapp.letters.actions import start_run
from webapp.login_methods.actions import begin
from webapp.login_methods.models import EnrolmentTicket


@dataclass(frozen=True)
class Box:
    """A box of a page: where it is asked for, its id, and the cookie of who asks."""

    name: str
    path: str
    target: str
    cookie: str


def steps(place: Place) -> list[Box]:
    """The steps of the wizard, each for somebody who stands there."""
    company = an_employer(place.db)
    fresh = place.cookie(an_administrator(place.db, company))
    waiting = an_administrator(place.db, company)
    an_order(place.db, waiting)
    start_run(place.db, place.outside, None)
    has_letter, may_enrol = place.cookie(waiting), place.cookie(_with_ticket(place))
    return [
        Box("the question", "/upgrade/question", "main", fresh),
        Box("ordering a letter", "/upgrade/letter", "main", fresh),
        Box("the letter is printed", "/upgrade/letter", "main", has_letter),
        Box("typing the code", "/upgrade/code", "main", has_letter),
        Box("the shelf of methods", "/login-methods", "main", may_enrol),
    ]


def dialogs(place: Place) -> list[Box]:
    """The dialogs."""
    path, asked = _asked_for_a_code(place)
    return [
        Box("a telephone number", "/login-methods/sms/new", "dialog", asked),
        Box("the code by SMS", path, "dialog", asked),
        Box("the session ends soon", "/session/warning", "dialog", asked),
    ]


def row(place: Place) -> Box:
    """A box with a table of one row: the files of a print run."""
    an_order(place.db, a_user(place.db))
    run = start_run(place.db, place.outside, None)
    assert run
    path = f"/desk/print-runs/{run.public_id}"
    clerk = a_clerk(place.db, upgraded_at=place.outside.now(), factor_since=place.outside.now())
    return Box("one row", path, "run-progress", place.cookie(clerk, level=2))


def _with_ticket(place: Place) -> User:
    now = place.outside.now()
    user = a_user(place.db)
    until = now + timedelta(minutes=30)
    place.db.add(EnrolmentTicket(user_id=user.id or 0, origin=f"bench:{user.id}", opened_at=now, expires_at=until))
    place.db.commit()
    return user


def _asked_for_a_code(place: Place) -> tuple[str, str]:
    """Somebody who was sent a code: the page that asks for it, and the cookie."""
    user = _with_ticket(place)
    word, session = begin_session(place.db, place.outside, user, level=1, replacing=None)
    answers = {"number": "079 123 45 67"}
    enrolment, _asked = begin(place.db, place.outside, user, session, slug="sms", answers=answers)
    path = f"/login-methods/sms/{enrolment.public_id}/confirmation"
    place.db.commit()  # an open transaction would keep the requests from writing on SQLite
    return path, place.cookie_of(word)
