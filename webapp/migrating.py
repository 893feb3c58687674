"""Bring the database up to date without losing a row on the way."""

import logging

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Engine

from webapp.database import db, migrating
from webapp.jobs import migrate


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations that are missing, and those of the job engine.

    SQLite changes a table by copying it, and dropping the old one would delete the children of its rows (ON DELETE
    CASCADE); so foreign keys are off meanwhile, and checked afterwards.
    """
    with app.app_context():
        engine = db.engine
    engine.dispose()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    token = migrating.set(True)
    try:
        with app.app_context():  # its end closes the connection, which holds SQLite's only write lock
            app.extensions["alembic"].upgrade()
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
