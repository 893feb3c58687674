"""Bring the database up to date without losing a row on the way."""

import logging
from typing import TYPE_CHECKING, Any, cast

import click
import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from webapp.config import ROOT
from webapp.database import UtcDateTime, db, migrating
from webapp.jobs import is_job_table, migrate

if TYPE_CHECKING:
    from flask_alembic import Alembic


def migrations(app: Flask) -> "Alembic":
    """Alembic for ``app``, imported when it is first wanted: that would be half of the time of a start."""
    from flask_alembic import Alembic  # noqa: PLC0415 -- slow to import

    if "alembic" not in app.extensions:
        app.config["ALEMBIC"] = {"script_location": str(ROOT / "migrations")}
        app.config["ALEMBIC_CONTEXT"] = {
            "render_as_batch": True,
            "compare_type": True,
            "render_item": _render_item,
            "include_name": _is_of_the_models,
        }
        Alembic(metadatas=SQLModel.metadata, run_mkdir=False, command_name="").init_app(app)
    return cast("Alembic", app.extensions["alembic"])


def _render_item(kind: str, item: object, _context: Any) -> str | bool:
    """Plain types in migrations: they must not import what changes later."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _is_of_the_models(name: str | None, kind: str, _parents: Any) -> bool:
    """Neither the job engine's tables, nor what is made for searching where the database can."""
    return not ((kind == "table" and is_job_table(str(name))) or str(name).startswith("trigram"))


class MigrationCommands(click.Group):
    """``flask db``: Alembic's own commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return self._theirs().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The one called ``cmd_name``."""
        return self._theirs().get_command(ctx, cmd_name)

    def _theirs(self) -> click.Group:
        from flask_alembic.cli import cli  # noqa: PLC0415 -- slow to import

        migrations(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
        return cli


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations that are missing, and those of the job engine.

    SQLite changes a table by copying it, and dropping the old one would delete the children of its rows (ON DELETE
    CASCADE); so foreign keys are off meanwhile, and checked afterwards.
    """
    with app.app_context():
        engine = db.engine
    engine.dispose()
    alembic = migrations(app)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    token = migrating.set(True)
    try:
        with app.app_context():  # its end closes the connection, which holds SQLite's only write lock
            alembic.upgrade()
        _check_foreign_keys(engine)
    finally:
        migrating.reset(token)
        engine.dispose()
    migrate(engine.url.render_as_string(hide_password=False))


def _check_foreign_keys(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        orphans = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    if orphans:
        raise RuntimeError(f"a migration left {len(orphans)} rows without their parents")
