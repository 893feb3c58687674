"""The portal's commands: flask setup, flask worker, flask users, flask letters, flask audit."""

import signal
import threading
from functools import partial
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import Session, select

from webapp.accounts.models import User
from webapp.activity.cli import audit
from webapp.config import Config
from webapp.database import db as database
from webapp.desk.cli import clerk, clerk_gone
from webapp.letters.cli import letters
from webapp.migrating import MigrationCommands, bring_up_to_date
from webapp.register.cli import users
from webapp.resealing import reseal
from webapp.seed import PASSWORD, STORY, NotHere, seed
from webapp.web.assets import publish
from webapp.web.context import db, outside


@click.command()
@with_appcontext
def setup() -> None:
    """Bring the database up to date; in development, fill an empty one with the demo world."""
    half_made = outside().config.data / "demo-world-half-made"
    if half_made.exists():  # the first start was interrupted
        _begin_again(outside().config, half_made)
    publish(outside().config)
    bring_up_to_date(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    if outside().config.development and db().exec(select(User.id).limit(1)).first() is None:
        half_made.touch()
        _seed()
        half_made.unlink()


def _begin_again(config: Config, half_made: Path) -> None:
    if config.development and config.database.startswith("sqlite:///"):
        database.engine.dispose()
        for left in Path(config.database.removeprefix("sqlite:///")).parent.glob("partnerweb.sqlite*"):
            left.unlink()
    half_made.unlink()


@click.command("seed")
@with_appcontext
def seed_() -> None:
    """Fill an empty database with the demo world (development only)."""
    _seed()


def _seed() -> None:
    try:
        with click.progressbar(length=len(STORY), label="Demo world") as bar:
            people = seed(db(), outside(), bar.update)
    except NotHere as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{people} people were invented. Sign in as admin@favre.example; the password is {PASSWORD}")


@click.command()
@with_appcontext
def worker() -> None:
    """Do jobs in this process until it is told to end; any number may run, each with its own PARTNERWEB_EXECUTOR."""
    over = threading.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: over.set())
    outside().jobs.launch(outside(), partial(Session, database.engine))
    over.wait()
    outside().jobs.stop()


@click.command("reseal")
@with_appcontext
def reseal_() -> None:
    """After PARTNERWEB_SEAL got a new first word: seal everything with it, so that the old word can be dropped."""
    click.echo(f"{reseal(db(), outside().seal)} entries are sealed with the new word.")


def init_app(app: Flask) -> None:
    """Mount the commands."""
    users.add_command(clerk)
    users.add_command(clerk_gone)
    migrate = MigrationCommands("db", help="Perform database migrations.")
    for command in (setup, seed_, worker, reseal_, users, letters, audit, migrate):
        app.cli.add_command(command)
