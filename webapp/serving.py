"""How gunicorn serves the portal: ``python -m gunicorn -c python:webapp.serving wsgi:app``."""

import gc
import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlmodel import Session

from webapp.config import Config
from webapp.database import db
from webapp.letters.working_days import public_holidays
from webapp.seed import PASSWORD
from webapp.seed_people import DESK, NAMED

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 1  # more only on PostgreSQL, with jobs in processes of their own
worker_class = "gthread"
threads = 8
graceful_timeout = 15  # jobs are given ten seconds to finish
control_socket_disable = True  # it would be a file in the home folder, which may be read-only
access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s'  # no query: it may hold what lets somebody in
loglevel = os.environ.get("LOG_LEVEL", "warning")
SETTLED_AFTER = 150  # requests


def welcome(config: Config) -> Iterator[str]:
    """Where the portal is; in development, also as whom one may sign in."""
    yield f"\nPartnerWeb runs on {config.address}"
    if config.development:
        yield f"\nIn the demo world everybody's password is {PASSWORD}. Sign in as"
        for person in (*NAMED, DESK):
            role = "administrator, " if person.administrator else ""
            yield f"  {person.email:22} {role}{person.language}: {person.state}"
        yield "\nPress Ctrl-C to end."


def post_worker_init(worker: Any) -> None:
    """Start the embedded job worker, which would not survive a fork, settle the memory, and say where the portal is."""
    app = worker.app.wsgi()
    outside = app.extensions["outside"]
    if outside.config.embedded_worker:
        with app.app_context():
            outside.jobs.launch(outside, partial(Session, db.engine))
    worker.jobs = outside.jobs
    public_holidays(outside.config.fund.canton)  # half a second that the first order would wait
    settle()
    worker.settled = False
    if worker.age == 1:
        print(*welcome(outside.config), sep="\n", flush=True)  # noqa: T201


def post_request(worker: Any, _request: Any, _environ: Any, _answer: Any) -> None:
    """Settle the memory once more when the usual pages have been asked for: their templates stay too."""
    if worker.nr >= SETTLED_AFTER and not worker.settled:  # threads count together: no number is sure to be met
        worker.settled = True
        settle()


def settle() -> None:
    """What was made until now stays: looking through it again and again cost the slowest requests."""
    gc.collect()
    gc.freeze()


def worker_exit(_server: Any, worker: Any) -> None:
    """Finish the jobs under way."""
    if hasattr(worker, "jobs"):  # not when it failed to start
        worker.jobs.stop()
