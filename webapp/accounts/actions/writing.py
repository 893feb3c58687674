"""E-mails to whoever has an account, and to the fund: each in the reader's language."""

from typing import Any

from sqlmodel import Session

from webapp.accounts.models import User
from webapp.accounts.queries import company_of
from webapp.messages.actions import send_mail
from webapp.ports import Outside


def write_to(
    db: Session, outside: Outside, user: User, name: str, *, recipient: str | None = None, **context: Any
) -> None:
    """The e-mail ``name`` for ``user``, whose name the template sees as ``person``; the caller commits.

    It goes to the person's address, or to another ``recipient`` that is theirs too, or is about to be.
    Nothing leaves where the person does without this notice.
    """
    if name in user.notices_off.split():
        return
    context |= {"person": user.full_name, "recipient": recipient or user.email}
    send_mail(db, outside, user_id=user.id, name=name, language=user.language, **context)


def write_to_the_fund(db: Session, outside: Outside, name: str, user: User, **context: Any) -> None:
    """The e-mail ``name`` for the fund ``about`` this user of a ``company``, in the fund's first language."""
    fund = outside.config.fund
    context |= {"about": user.full_name, "company": company_of(db, user)}
    send_mail(db, outside, user_id=None, recipient=fund.email, name=name, language=next(iter(fund.names)), **context)
