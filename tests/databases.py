"""A fresh, migrated database for each test: migrated once, then copied."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

from sqlmodel import SQLModel

from tests.postgres import ThrowAwayServer
from webapp import create_app, jobs
from webapp.config import ROOT, Config
from webapp.database import db as database
from webapp.migrating import bring_up_to_date

KINDS = ("sqlite", "postgresql")


class Databases:
    """Hands out databases of either kind; starts the PostgreSQL server only when one is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    @contextmanager
    def fresh(self, kind: str) -> Iterator[str]:
        """The URL of an empty, migrated database, removed afterwards."""
        with {"sqlite": self._sqlite, "postgresql": self._postgresql}[kind](f"test{next(self._numbers)}") as url:
            yield url

    def stop(self) -> None:
        """End what was started."""
        if "_server" in self.__dict__:
            self._server.stop()

    @contextmanager
    def _sqlite(self, name: str) -> Iterator[str]:
        folder = self._folder / name
        folder.mkdir()
        shutil.copyfile(self._sqlite_template, folder / "partnerweb.sqlite")
        yield f"sqlite:///{folder}/partnerweb.sqlite"
        shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _postgresql(self, name: str) -> Iterator[str]:
        yield self._server.create(name, self._postgresql_template)
        self._server.drop(name)

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.sqlite"
        migrate(f"sqlite:///{path}", self._folder)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path

    @cached_property
    def _server(self) -> ThrowAwayServer:
        return ThrowAwayServer()

    @cached_property
    def _postgresql_template(self) -> str:
        migrate(self._server.create("template_partnerweb"), self._folder)
        return "template_partnerweb"


def migrate(url: str, folder: Path) -> None:
    """Bring the database at ``url`` to the newest revision, as ``flask setup`` does."""
    app = create_app(Config(database=url, data=folder, embedded_worker=False))
    if list(ROOT.glob("migrations/*.py")):
        bring_up_to_date(app)
        return
    with app.app_context():
        SQLModel.metadata.create_all(database.engine)
        database.engine.dispose()
    jobs.migrate(url)
