"""flask users import: take the fund's register over; flask users password: give a person a password."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from webapp.accounts.actions import end_other_sessions, note_about
from webapp.accounts.email_address import as_kept
from webapp.accounts.models import User
from webapp.accounts.password_strength import weakness
from webapp.accounts.passwords import hash_password
from webapp.accounts.queries import words_about
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.gateways.table_file import UnreadableFile, read_table
from webapp.register.actions import Count, Imported, import_register
from webapp.register.register import Register, read_register
from webapp.register.rows import Problem
from webapp.web.context import db, now, outside

SHOWN = 200  # lines of each kind
CHANGED_MEANWHILE = "Somebody else changed the same people meanwhile. Nothing was imported; run it again."


@click.group()
def users() -> None:
    """The people who sign in."""


@users.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check and count; change nothing.")
@click.option("--skip-bad", is_flag=True, help="Take the good lines over even if others are refused.")
@with_appcontext
def import_file(file: Path, *, dry_run: bool, skip_bad: bool) -> None:
    """Take over the fund's register from FILE (.csv or .xlsx). Safe to run twice; nobody is deleted."""
    at = now()
    register = _checked(file, at)
    try:
        with click.progressbar(length=len(register.rows), label="Writing ") as bar:
            outcome = import_register(
                db(),
                register=register,
                now=at,
                dry_run=dry_run,
                skip_bad=skip_bad,
                progress=bar.update,
                before_commit=_note,
            )
    except IntegrityError as error:
        raise click.ClickException(CHANGED_MEANWHILE) from error
    _tell(outcome, dry_run=dry_run)
    if outcome.problems and not skip_bad:
        raise SystemExit(1)


@users.command("password")
@click.argument("email")
@with_appcontext
def set_password(email: str) -> None:
    """Give the person with this EMAIL a password; whoever is signed in with the old one is signed out."""
    user = db().exec(select(User).where(User.email == as_kept(email))).first()
    db().rollback()  # nobody waits while we do
    if user is None:
        raise click.ClickException("Nobody has this e-mail address.")
    password = click.prompt("New password", hide_input=True, confirmation_prompt="Once more")
    about = words_about(db(), user)
    db().rollback()
    if weak := weakness(password, about):
        raise click.ClickException(f"This password is not taken: {weak.replace('_', ' ')}.")
    user.password_hash = hash_password(password)
    note_about(db(), outside(), Event.PASSWORD_CHANGED, user, by=None)
    end_other_sessions(db(), outside(), user, but=None)
    db().commit()
    click.echo(f"{user.full_name} has a new password.")


def _note(outcome: Imported) -> None:
    people, companies = outcome.people, outcome.companies.new + outcome.companies.changed
    for event, user_id, employer_id in outcome.happened:
        note(db(), outside(), event, about=user_id, employer_id=employer_id, because="register")
    note(db(), outside(), Event.REGISTER_IMPORTED, new=people.new, changed=people.changed, companies=companies)


def _checked(file: Path, at: datetime) -> Register:
    try:
        lines = read_table(file)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    with click.progressbar(length=max(len(lines) - 1, 0), label="Checking") as bar:
        register = read_register(lines, at, progress=bar.update)
    if register.complaints:
        raise click.ClickException(" ".join(register.complaints))
    if register.ignored:
        click.echo(f"Columns not used: {', '.join(register.ignored)}.")
    return register


def _tell(outcome: Imported, *, dry_run: bool) -> None:
    _list(f"{_some(outcome.refused_lines, 'line')} refused:", outcome.problems)
    _list(f"{_some(len(outcome.warnings), 'thing')} to look at:", outcome.warnings)
    click.echo(f"Companies: {_counted(outcome.companies)}.")
    click.echo(f"People: {_counted(outcome.people)}, {_some(outcome.refused_lines, 'line')} refused.")
    if outcome.missing:
        click.echo(f"Active here, but not in the file: {outcome.missing}. They stay as they are.")
    if outcome.written:
        click.echo("The register is taken over.")
    elif dry_run:
        click.echo("Nothing was changed: this was a trial. The counts say what would be.")
    else:
        click.echo("Nothing was changed. Correct the refused lines, or leave them out with --skip-bad.")


def _list(title: str, problems: list[Problem]) -> None:
    if problems:
        click.echo(title)
        for problem in problems[:SHOWN]:
            click.echo(f"  {problem}")
        if len(problems) > SHOWN:
            click.echo(f"  … and {len(problems) - SHOWN} more.")


def _counted(count: Count) -> str:
    return f"{count.new} new, {count.changed} changed, {count.unchanged} unchanged"


def _some(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
