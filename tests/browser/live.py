"""The portal as ``make run`` starts it: gunicorn with the embedded job worker, in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sqlmodel import Session

from tests.databases import Databases
from tests.postgres import free_port
from webapp.config import ROOT
from webapp.database import create_engine

PATIENCE = 120  # seconds, on a busy machine
ENDING_WITH_US = ("setpriv", "--pdeathsig", "TERM")  # also when we are killed and can't end it


class Portal:
    """A running portal on its own database, with the gateways of development."""

    def __init__(
        self, database: str, folder: Path, *, app: str = "wsgi:app", port: int | None = None, **settings: str
    ) -> None:
        self.database, self.data = database, folder
        port = port or free_port()
        self.url = f"http://localhost:{port}"
        given = {"DATABASE": database, "DATA": str(folder), "ADDRESS": self.url} | settings
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PARTNERWEB_")}
        environment |= {f"PARTNERWEB_{name}": value for name, value in given.items()} | {"PORT": str(port)}
        self._log = folder / "portal.log"
        with self._log.open("w") as log:
            self._server = subprocess.Popen(
                [*ENDING_WITH_US, sys.executable, "-m", "gunicorn", "-c", "python:webapp.serving", app],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.waits_for(self._answers, "the portal")

    def waits_for(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until ``happened()``; what is done after the answer takes a moment."""
        until = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < until, f"no {what} after {PATIENCE} s\n{self.log}"
            assert self._server.poll() is None, self.log
            time.sleep(0.1)

    @contextmanager
    def db(self) -> Iterator[Session]:
        """A session on its database, for arranging and for looking; closed before the browser goes on."""
        engine = create_engine(self.database)
        with Session(engine) as session:
            yield session
        engine.dispose()

    @property
    def log(self) -> str:
        """What the server has said."""
        return self._log.read_text()

    def sms(self) -> list[dict[str, str]]:
        """The text messages that left, the oldest first: ``number`` and ``text``."""
        left = sorted((self.data / "outbox").rglob("*.sms.json"), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(path.read_text()) for path in left]

    @classmethod
    @contextmanager
    def fresh(cls, databases: Databases, folder: Path) -> Iterator["Portal"]:
        """One on a fresh, empty database, as long as it is used."""
        with databases.fresh("sqlite") as url:
            running = cls(url, folder)
            yield running
            running.stop()

    def stop(self) -> None:
        """End it as a service manager would."""
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
            raise

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            return False
