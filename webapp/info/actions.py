"""What somebody tells the fund from the INFO tab."""

from typing import Any

from sqlmodel import Session

from webapp.attempts import Limit, Try, spend
from webapp.config import BARRIERS_A_DAY, DAY
from webapp.messages.actions import send_mail
from webapp.ports import Outside

PER_ADDRESS = Limit(BARRIERS_A_DAY, DAY, DAY)


def tell_of_barrier(db: Session, outside: Outside, *, words: str, where: str, answer_to: str, address: str) -> Try:
    """Write to the fund what kept somebody from using the portal; so many times a day from one network address."""
    taken = spend(db, f"barrier:{outside.seal.recognise('address', address)}", PER_ADDRESS, outside.now())
    if taken.granted:
        fund = outside.config.fund
        told: dict[str, Any] = {"words": words, "where": where, "answer_to": answer_to}
        told |= {"recipient": fund.email, "language": next(iter(fund.names))}
        send_mail(db, outside, user_id=None, name="barrier_reported", **told)
        db.commit()
    return taken
