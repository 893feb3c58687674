"""Which second factors somebody holds, and which question is open."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from webapp.accounts.models import LoginSession, User
from webapp.config import Config, Misconfigured
from webapp.login_methods.method import LoginMethod, Strength
from webapp.login_methods.models import Challenge, Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

# What is asked at every step is put into words once, here, not at each request.
OWN = select(Enrolment).where(
    col(Enrolment.user_id) == bindparam("user"),
    col(Enrolment.public_id) == bindparam("public_id"),
    col(Enrolment.removed_at).is_(None),
)
OWN_AND_ASKED = OWN.add_columns(Challenge).outerjoin(
    Challenge,
    (col(Challenge.enrolment_id) == col(Enrolment.id)) & (col(Challenge.session_id) == bindparam("session")),
)
HELD = (
    select(Enrolment)
    .where(
        col(Enrolment.user_id) == bindparam("user"),
        col(Enrolment.confirmed_at).is_not(None),
        col(Enrolment.removed_at).is_(None),
    )
    .order_by(
        sa.func.coalesce(col(Enrolment.preferred_at), LONG_AGO).desc(),
        sa.func.coalesce(col(Enrolment.used_at), col(Enrolment.confirmed_at)).desc(),
        col(Enrolment.id),
    )
)
QUESTION = select(Challenge).where(col(Challenge.session_id) == bindparam("session"))
OPEN_TICKET = (
    select(EnrolmentTicket)
    .where(
        col(EnrolmentTicket.user_id) == bindparam("user"),
        col(EnrolmentTicket.closed_at).is_(None),
        col(EnrolmentTicket.expires_at) > bindparam("now"),
        col(EnrolmentTicket.session_id).is_(None) | (col(EnrolmentTicket.session_id) == bindparam("session")),
    )
    .order_by(col(EnrolmentTicket.expires_at).desc())
    .limit(1)
)


def held_by(db: Session, user: User) -> list[Enrolment]:
    """The confirmed methods: the preferred one first, then the one used last; what is only spare comes last."""
    held = db.exec(HELD, params={"user": user.id}).all()
    return sorted(held, key=_spare)


def asked_for(db: Session, config: Config, user: User, today: date) -> list[Enrolment]:
    """What may be asked for at sign-in, in this order.

    What the fund has switched off or does not accept alone any more is asked of those only who hold nothing else:
    it would be the weakest way in.
    """
    held = held_by(db, user)
    if not any(satisfies(enrolment.method, config, today) for enrolment in held):
        return held
    return [
        enrolment
        for enrolment in held
        if satisfies(enrolment.method, config, today)
        or (enrolment.method not in config.methods_off and _spare(enrolment))
    ]


def owes_method(db: Session, config: Config, user: User, today: date) -> bool:
    """Whether the fund wants the person to register a method before anything else: a stronger one, or another."""
    held = [enrolment.method for enrolment in held_by(db, user)]
    return bool(held) and not any(satisfies(slug, config, today) for slug in held)


def will_owe(db: Session, config: Config, user: User, today: date) -> date | None:
    """From which day on the person will owe a stronger method; None without one, or when it is owed already."""
    day = config.strong_from
    return day if day and today < day and owes_method(db, config, user, day) else None


def satisfies(slug: str, config: Config, today: date) -> bool:
    """Whether somebody who holds this method needs no other one."""
    return slug not in config.methods_off and shelf()[slug].strength >= _wanted(config, today)


def offered(config: Config, today: date) -> dict[str, LoginMethod]:
    """What may be registered, in the order of the shelf; nothing that would have to be replaced at once."""
    return {
        slug: method
        for slug, method in shelf().items()
        if (method.strength is Strength.SPARE or method.strength >= _wanted(config, today))
        and slug not in config.methods_off
        and method.offered(config)
    }


def check_methods(config: Config) -> None:
    """Misconfigured, in a sentence, when the fund's switches name what is not there, or leave nobody a way in."""
    unknown = sorted(set(config.methods_off) - set(shelf()))
    if unknown:
        raise Misconfigured(f"PARTNERWEB_METHODS_OFF names {', '.join(unknown)}: there are {', '.join(shelf())}.")
    left = [method.strength for method in offered(config, date.min).values()]
    if not any(strength >= Strength.BASIC for strength in left):
        raise Misconfigured("PARTNERWEB_METHODS_OFF leaves no login method that could be registered.")
    if config.strong_from and not any(strength >= Strength.STRONG for strength in left):
        raise Misconfigured("PARTNERWEB_STRONG_FROM asks for a strong login method, and none can be registered.")


def _wanted(config: Config, today: date) -> Strength:
    return Strength.STRONG if config.strong_from and today >= config.strong_from else Strength.BASIC


def _spare(enrolment: Enrolment) -> bool:
    return shelf()[enrolment.method].strength is Strength.SPARE


def own(db: Session, user: User, public_id: str) -> Enrolment | None:
    """One's own enrolment, pending or confirmed."""
    return db.exec(OWN, params={"user": user.id, "public_id": public_id}).first()


def own_and_asked(
    db: Session, user: User, session: LoginSession, public_id: str
) -> tuple[Enrolment, Challenge | None] | None:
    """One's own enrolment, and what this session was asked last, if that was its question."""
    given = {"user": user.id, "public_id": public_id, "session": session.id}
    found = db.execute(OWN_AND_ASKED, given).first()
    return (found[0], found[1]) if found else None


def open_ticket(db: Session, user: User, now: datetime, session: LoginSession | None = None) -> EnrolmentTicket | None:
    """The right to enrol that ``session`` has now, if there is one; without a session: what any one has."""
    given = {"user": user.id, "now": now, "session": session.id if session else None}
    return db.exec(OPEN_TICKET, params=given).first()


def question_in(db: Session, session: LoginSession) -> Challenge | None:
    """What this session was asked last."""
    return db.exec(QUESTION, params={"session": session.id}).first()
