"""An installation to measure: its app, its outside world with the real gateways, and calls without a server."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from tests.databases import Databases
from tests.twins import JobsAtOnce
from webapp import create_app, the_outside
from webapp.accounts.actions import begin_session
from webapp.accounts.models import User
from webapp.config import Config
from webapp.database import create_engine
from webapp.ports import Outside
from webapp.web.access import part_of_the_upgrade

BARE = "/bench/bare"  # a signed-in view that does nothing; it exists in measurements only
ORIGIN = "http://localhost"


@dataclass(frozen=True)
class Place:
    """One installation; jobs are done at once after the commit."""

    app: Flask
    outside: Outside
    db: Session

    def cookie(self, user: User, level: int = 1) -> str:
        """The cookie of somebody signed in."""
        word, _session = begin_session(self.db, self.outside, user, level=level, replacing=None)
        self.db.commit()
        return self.cookie_of(word)

    def cookie_of(self, word: str) -> str:
        """The cookie of the session that ``word`` opens, as it is once a page with a form was seen."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = word
        client.get("/session/warning", base_url=ORIGIN)
        return cookies(client)


def cookies(client: FlaskClient) -> str:
    """What the browser holds, as it sends it."""
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in (client._cookies or {}).values())


@contextmanager
def databases() -> Iterator[Databases]:
    """Where fresh databases come from, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="partnerweb-bench-") as folder:
        found = Databases(Path(folder))
        yield found
        found.stop()


@contextmanager
def place(url: str, **settings: Any) -> Iterator[Place]:
    """The installation on the database ``url``, with a folder of its own and the settings of development."""
    with tempfile.TemporaryDirectory(prefix="partnerweb-bench-") as folder:
        config = Config(database=url, data=Path(folder), address=ORIGIN, embedded_worker=False, **settings)
        jobs: Any = JobsAtOnce()
        jobs.outside = replace(the_outside(config), jobs=jobs)
        app = create_app(config, lambda _config: jobs.outside)
        app.add_url_rule(BARE, "bench_bare", part_of_the_upgrade(lambda: "hello"))
        engine = create_engine(url)
        with Session(engine) as db:
            yield Place(app, jobs.outside, db)
        engine.dispose()


def call(
    app: Flask, path: str, cookie: str, target: str | None = None, answers: Mapping[str, str] | None = None
) -> Callable[..., int]:
    """A request ready to be made again and again, its answer read to the end; the status.

    With ``target`` htmx asks for that box; with ``answers`` it is a POST. What a call is given goes into its environ.
    """
    headers = Headers({"Cookie": cookie, "Accept-Language": "fr-CH"})
    if target:
        headers.update({"HX-Request": "true", "HX-Target": target, "HX-Current-URL": f"{ORIGIN}/"})
    builder = EnvironBuilder(path, ORIGIN, method="POST" if answers else "GET", headers=headers, data=answers)
    environ = builder.get_environ()

    def make(**changed: str) -> int:
        statuses: list[str] = []

        def start(status: str, _headers: Any, _problem: Any = None, /) -> Callable[[bytes], object]:
            statuses.append(status)
            return len

        environ["wsgi.input"].seek(0)
        body = app.wsgi_app(environ | changed, start)
        b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return int(statuses[0][:3])

    return make
