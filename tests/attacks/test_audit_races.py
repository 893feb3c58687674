"""However many note at once, in processes of their own, each chain stays one chain, and nobody meets an error."""

from sqlmodel import Session, col, func, select

from tests.attacks.contest import Contest
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.audit.models import AuditEvent
from webapp.audit.queries import verify
from webapp.ports import Outside

CHAINS, TIMES, NUMBERS = [3, 8], 3, list(range(50))


def counted(db: Session, chain: int) -> int:
    db.rollback()
    return db.exec(select(func.count()).select_from(AuditEvent).where(col(AuditEvent.chain) == chain)).one()


def test_each_chain_stays_one_chain(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    everybody = 0
    for _round in range(rounds):  # in the first round nobody has begun the chains yet
        answers = contest.round(db, "note", NUMBERS, chains=CHAINS, times=TIMES)
        assert set(answers) == {"noted"}, answers
        everybody += len(answers) * TIMES
        assert [counted(db, chain) for chain in CHAINS] == [everybody, everybody]
        assert verify(db, outside).tamperings == []


def test_who_looks_before_writing_is_caught(contest: Contest, db: Session, outside: Outside) -> None:
    note(db, outside, Event.SIGNED_IN, about=1, employer_id=3, factors=1)
    db.commit()
    answers = contest.round(db, "note_naively", NUMBERS, chains=[3], times=1)
    assert set(answers) != {"noted"} or verify(db, outside).tamperings
