"""Being signed in without the way there, for tests of what lies behind the doors."""

from flask.testing import FlaskClient
from sqlmodel import Session

from webapp.accounts.actions import begin_session
from webapp.accounts.models import User
from webapp.ports import Outside


def sign_in(
    client: FlaskClient, db: Session, outside: Outside, user: User, level: int, *, owes_method: bool = False
) -> FlaskClient:
    """``client`` with a live session of ``user``: 1 with the password only, 2 with both factors."""
    word, row = begin_session(db, outside, user, level=level, replacing=None)
    row.owes_method = owes_method
    db.commit()
    with client.session_transaction() as session:
        session["_user_id"] = word
    return client
