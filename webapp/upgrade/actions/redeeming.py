"""The code in the letter: drawn while the letter is printed, and redeemed once by the person it was made for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, update

from webapp import config
from webapp.accounts.models import User
from webapp.accounts.queries import company_of
from webapp.attempts import Limit, forgive, spend
from webapp.hashing import hash_secret, verify_hash
from webapp.letters.enclosure import Enclosure
from webapp.letters.models import Letter
from webapp.letters.working_days import end_of, last_valid_day
from webapp.login_methods.actions import open_ticket
from webapp.messages.actions import send_mail
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions.placing import close_all, void_codes
from webapp.upgrade.code import Mistyped, as_typed, draw, mistake, peppered
from webapp.upgrade.models import TermsAcceptance, UpgradeCode

WINDOW = Limit(config.LETTER_CODE_TRIES, config.LETTER_CODE_PAUSE, config.LETTER_CODE_PAUSE)
IN_ALL = Limit(config.LETTER_CODE_TRIES_IN_ALL, timedelta(days=36500), timedelta(days=36500))
LETTERS_COMPARED = 12  # the latest; older codes have long expired


class Outcome(StrEnum):
    """What became of a typed code."""

    REDEEMED = "redeemed"
    MISTYPED = "mistyped"  # cost no attempt
    WRONG = "wrong"
    REPLACED = "replaced"
    EXPIRED = "expired"
    USED = "used"
    PAUSED = "paused"
    ALL_VOIDED = "all_voided"


@dataclass(frozen=True)
class Redemption:
    """The outcome and what its sentence needs."""

    outcome: Outcome
    mistake: Mistyped | None = None
    length: int = 0
    left: int = 0
    at: datetime | date | None = None  # expired on, used on, replaced by the letter ordered on
    free_at: datetime | None = None  # the end of a pause


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
    """Use up the code that ``typed`` is, and open the enrolment; or say what is wrong with it.

    The try is spent, and committed, before any hash is computed; ``terms`` is the version accepted with it.
    """
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
    found = _recognised(db, outside, user, code)
    if found and _use_up(db, outside, user, found, now):
        db.add(TermsAcceptance(user_id=user.id or 0, version=terms, language=language, accepted_at=now))
        db.commit()
        return Redemption(Outcome.REDEEMED)
    db.rollback()
    if in_all.left == 0:
        return _void_all(db, outside, user)
    return _refused(db, user, found, left=min(taken.left, in_all.left), now=now)


def _recognised(db: Session, outside: Outside, user: User, code: str) -> UpgradeCode | None:
    secret = peppered(code, outside.config.pepper)
    codes = queries.codes_of(db, user)[:LETTERS_COMPARED]
    db.commit()  # no lock is held while hashes are computed
    return next((kept for kept in codes if verify_hash(kept.hash, secret)), None)


def _use_up(db: Session, outside: Outside, user: User, code: UpgradeCode, now: datetime) -> bool:
    """One conditional update: of however many at once, one wins; it closes all the person's codes."""
    usable = update(UpgradeCode).where(
        col(UpgradeCode.id) == code.id,
        col(UpgradeCode.redeemed_at).is_(None),
        col(UpgradeCode.voided_at).is_(None),
        col(UpgradeCode.expires_at) > now,
    )
    if not db.execute(usable.values(redeemed_at=now)).rowcount:  # type: ignore[attr-defined]
        return False
    if not open_ticket(db, outside, user, f"upgrade-code:{code.id}"):
        return False
    close_all(db, outside, user.id or 0)
    forgive(db, f"letter-code:{user.id}")
    forgive(db, f"letter-code-in-all:{user.id}")
    return True


def _refused(db: Session, user: User, found: UpgradeCode | None, *, left: int, now: datetime) -> Redemption:
    if found is None:
        paused = now + config.LETTER_CODE_PAUSE
        return Redemption(Outcome.WRONG, left=left) if left else Redemption(Outcome.PAUSED, free_at=paused)
    db.refresh(found)
    if found.redeemed_at:
        return Redemption(Outcome.USED, at=found.redeemed_at)
    if found.voided_at:
        newer = [letter for letter in queries.letters_of(db, user) if (letter.id or 0) > found.letter_id]
        return Redemption(Outcome.REPLACED, at=newer[0].ordered_at if newer else None)
    if now >= found.expires_at:
        return Redemption(Outcome.EXPIRED, at=found.last_day)
    return Redemption(Outcome.WRONG, left=left)


def _void_all(db: Session, outside: Outside, user: User) -> Redemption:
    """Fifteen wrong codes: somebody is guessing. Nothing sent so far counts; the person and the fund are told."""
    voided = void_codes(db, outside, [user.id or 0])
    forgive(db, f"letter-code-in-all:{user.id}")
    if voided:
        _tell_of_guessing(db, outside, user)
    db.commit()
    return Redemption(Outcome.ALL_VOIDED)


def _tell_of_guessing(db: Session, outside: Outside, user: User) -> None:
    send_mail(
        db,
        outside,
        user_id=user.id,
        recipient=user.email,
        name="code_voided",
        language=user.language,
        person=user.full_name,
    )
    send_mail(
        db,
        outside,
        user_id=None,
        recipient=outside.config.fund.email,
        name="codes_voided_fund",
        language=next(iter(outside.config.fund.names)),
        tried_by=user.full_name,
        company=company_of(db, user),
        at=outside.now(),
    )
