"""What somebody tells the fund from the INFO tab."""

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
        fund, told = outside.config.fund, {"words": words, "where": where, "answer_to": answer_to}
        own = next(iter(fund.names))
        send_mail(db, outside, user_id=None, recipient=fund.email, name="barrier_reported", language=own, **told)
        db.commit()
    return taken
