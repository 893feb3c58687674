"""The code in the letter: drawn while the letter is printed, and redeemed once by the person it was made for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, update

from webapp import config
from webapp.accounts.actions import note_about, write_to, write_to_the_fund
from webapp.accounts.models import LoginSession, User
from webapp.attempts import Limit, forgive, spend
from webapp.audit.events import Event
from webapp.codes import as_typed
from webapp.hashing import hash_secret, verify_hash
from webapp.letters.enclosure import Enclosure
from webapp.letters.models import Letter, Purpose
from webapp.letters.working_days import end_of, last_valid_day
from webapp.login_methods.actions import move_ticket, open_ticket
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions.placing import close_all, note_voiding, void_codes
from webapp.upgrade.code import draw, mistake, peppered
from webapp.upgrade.models import TermsAcceptance, UpgradeCode
from webapp.upgrade.redemption import Accepted, Outcome, Redemption

WINDOW = Limit(config.LETTER_CODE_TRIES, config.LETTER_CODE_PAUSE, config.LETTER_CODE_PAUSE)
IN_ALL = Limit(config.LETTER_CODE_TRIES_IN_ALL, timedelta(days=36500), timedelta(days=36500))
LETTERS_COMPARED = 12  # the latest; older codes have long expired


def enclosures(letters: Sequence[Letter], printed_on: date, outside: Outside) -> dict[int, Enclosure]:
    """A new code for each letter, by letter id; only its hash is ever kept."""
    drawn = {}
    for letter in letters:
        code, last_day = draw(), last_valid_day(printed_on)
        record = UpgradeCode(
            letter_id=letter.id or 0,
            user_id=letter.user_id,
            hash=hash_secret(peppered(code, outside.config.pepper), config.LETTER_CODE_HASH),
            last_day=last_day,
            expires_at=end_of(last_day),
        )
        drawn[letter.id or 0] = Enclosure(code, record)
    return drawn


def redeem(db: Session, outside: Outside, user: User, typed: str, *, terms: str, language: str) -> Redemption:
    """Use up the upgrade code that ``typed`` is, and open the enrolment; or say what is wrong with it."""
    return _redeem(db, outside, user, typed, Accepted(terms, language))


def recover(db: Session, outside: Outside, user: User, typed: str, session: LoginSession) -> Redemption:
    """The same with the code of a letter after a loss: it opens the enrolment in this one ``session`` only.

    Typed again within that time, in another session, it goes on there: whoever has the letter is not stuck.
    """
    return _redeem(db, outside, user, typed, session)


def _redeem(db: Session, outside: Outside, user: User, typed: str, given: Accepted | LoginSession) -> Redemption:
    """The try is spent, and committed, before any hash is computed."""
    code = as_typed(typed)
    mistyped = mistake(code)
    if mistyped:
        return Redemption(Outcome.MISTYPED, mistake=mistyped, length=len(code))
    now = outside.now()
    taken = spend(db, f"letter-code:{user.id}", WINDOW, now)
    if taken.free_at:
        return Redemption(Outcome.PAUSED, free_at=taken.free_at)
    in_all = spend(db, f"letter-code-in-all:{user.id}", IN_ALL, now)
    if in_all.free_at:  # all spent, and whoever spent the last one died before the codes were void
        return _void_all(db, outside, user)
    purpose = Purpose.UPGRADE if isinstance(given, Accepted) else Purpose.RECOVERY
    found = _recognised(db, outside, user, code, purpose)
    opened = _open(db, outside, user, found, given) if found else None
    if opened:
        db.commit()
        return Redemption(opened)
    db.rollback()
    if found is None:
        note_about(db, outside, Event.CODE_WRONG, user, by=user)
    if in_all.left == 0:
        return _void_all(db, outside, user)
    db.commit()
    return _refused(db, user, found, purpose, left=min(taken.left, in_all.left), now=now)


def _recognised(db: Session, outside: Outside, user: User, code: str, purpose: Purpose) -> UpgradeCode | None:
    secret = peppered(code, outside.config.pepper)
    codes = queries.codes_of(db, user, purpose)[:LETTERS_COMPARED]
    db.commit()  # no lock is held while hashes are computed
    return next((kept for kept in codes if verify_hash(kept.hash, secret)), None)


def _open(
    db: Session, outside: Outside, user: User, code: UpgradeCode, given: Accepted | LoginSession
) -> Outcome | None:
    """What the right code has opened; None when it opens nothing any more. The caller commits, or takes it back."""
    opened = None
    if isinstance(given, Accepted):
        if _use_up(db, outside, code) and open_ticket(db, outside, user, f"upgrade-code:{code.id}"):
            facts: dict[str, Any] = {"version": given.terms, "language": given.language, "accepted_at": outside.now()}
            db.add(TermsAcceptance(user_id=user.id or 0, **facts))
            note_about(db, outside, Event.TERMS_ACCEPTED, user, by=user, version=given.terms)
            opened = Outcome.REDEEMED
    elif _use_up(db, outside, code):
        if open_ticket(db, outside, user, f"recovery-code:{code.id}", only_in=given):
            opened = Outcome.REDEEMED
    elif move_ticket(db, outside, f"recovery-code:{code.id}", given):
        opened = Outcome.RESUMED
    if opened:
        note_about(db, outside, Event.CODE_REDEEMED, user, by=user)
        close_all(db, outside, user)
        forgive(db, f"letter-code:{user.id}")
        forgive(db, f"letter-code-in-all:{user.id}")
    return opened


def _use_up(db: Session, outside: Outside, code: UpgradeCode) -> bool:
    """One conditional update: of however many at once, one wins."""
    usable = update(UpgradeCode).where(
        col(UpgradeCode.id) == code.id,
        col(UpgradeCode.redeemed_at).is_(None),
        col(UpgradeCode.voided_at).is_(None),
        col(UpgradeCode.expires_at) > outside.now(),
    )
    return bool(db.execute(usable.values(redeemed_at=outside.now())).rowcount)  # type: ignore[attr-defined]


def _refused(
    db: Session, user: User, found: UpgradeCode | None, purpose: Purpose, *, left: int, now: datetime
) -> Redemption:
    if found is None:
        paused = now + config.LETTER_CODE_PAUSE
        return Redemption(Outcome.WRONG, left=left) if left else Redemption(Outcome.PAUSED, free_at=paused)
    db.refresh(found)
    if found.redeemed_at:
        return Redemption(Outcome.USED, at=found.redeemed_at)
    if found.voided_at:
        newer = [letter for letter in queries.letters_of(db, user, purpose) if (letter.id or 0) > found.letter_id]
        return Redemption(Outcome.REPLACED, at=newer[0].ordered_at if newer else None)
    if now >= found.expires_at:
        return Redemption(Outcome.EXPIRED, at=found.last_day)
    return Redemption(Outcome.WRONG, left=left)


def _void_all(db: Session, outside: Outside, user: User) -> Redemption:
    """Fifteen wrong codes: somebody is guessing. Nothing sent so far counts; the person and the fund are told."""
    note_voiding(db, outside, [user.id or 0], by=None, because="guessed")
    voided = void_codes(db, outside, [user.id or 0])
    forgive(db, f"letter-code-in-all:{user.id}")
    if voided:
        _tell_of_guessing(db, outside, user)
    db.commit()
    return Redemption(Outcome.ALL_VOIDED)


def _tell_of_guessing(db: Session, outside: Outside, user: User) -> None:
    write_to(db, outside, user, "code_voided")
    write_to_the_fund(db, outside, "codes_voided_fund", user, at=outside.now())
