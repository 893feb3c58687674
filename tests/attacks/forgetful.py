"""Who asks for a new password, what they are told, and what that asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.attacks.said import said
from tests.factories import a_user
from webapp.ports import Outside

FORGOTTEN, CHOSEN = "/sign-in/forgotten", "/sign-in/new-password"
NEW = "Regenschirm-lila-Kutsche"


def people(db: Session, outside: Outside) -> dict[str, str]:
    """Addresses of every kind."""
    upgraded = a_user(db)
    an_upgraded(db, outside, upgraded)
    gone = a_user(db, deactivated_at=outside.now())
    return {"known": a_user(db).email, "upgraded": upgraded.email, "gone": gone.email, "nobody": "nobody@new.example"}


def forgets(app: Flask, email: str, client: FlaskClient | None = None) -> tuple[Any, ...]:
    """All that a stranger is told who asks for a new password, save the random parts of forms and cookies."""
    client = client or app.test_client()
    first = client.post(FORGOTTEN, data={"email": email})
    page = client.get(first.headers.get("Location", FORGOTTEN))
    headers = [(name, value) for name, value in [*first.headers, *page.headers] if name != "Set-Cookie"]
    return first.status_code, headers, said(first) + said(page)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    yield asked
    event.remove(Engine, "before_cursor_execute", listen)
