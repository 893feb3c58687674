"""flask audit verify, flask audit anchor."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from webapp.accounts.models import Employer
from webapp.audit.actions import Untrue, write_anchors
from webapp.audit.queries import how_many_events
from webapp.audit.queries import verify as verified_by
from webapp.audit.records import FUND
from webapp.database import reading
from webapp.web.context import db, outside


@click.group()
def audit() -> None:
    """What happened, and whether anybody has tampered with it."""


@audit.command()
@click.option(
    "--note",
    "notes",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The delivery note (JSON) of a print run: it holds an anchor, too. May be given several times.",
)
@with_appcontext
def verify(notes: Sequence[Path]) -> None:
    """Look at every event; name the place of any tampering, and end with 1."""
    noted = _noted(notes)
    token = reading.set(True)  # nobody waits for us
    try:
        with click.progressbar(length=how_many_events(db()), label="Events") as bar:
            found = verified_by(db(), outside(), noted=noted, progress=bar.update)
    finally:
        reading.reset(token)
    click.echo(f"{found.events} events in {found.chains} chains were looked at, and {found.lines} lines of anchors.")
    for tampering in found.tamperings:
        click.echo(f"{_whose(tampering.chain)}: {tampering}")
    if found.tamperings:
        raise SystemExit(1)
    click.echo("Nothing was tampered with.")


@audit.command()
@with_appcontext
def anchor() -> None:
    """Write down outside the database where each chain ends; done once a day by itself."""
    try:
        lines = write_anchors(db(), outside())
    except Untrue as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{lines} lines were added to {outside().config.anchors}.")


def _whose(chain: int) -> str:
    """Whose chain it is, as the fund knows companies."""
    if chain == FUND:
        return "The fund"
    company = db().get(Employer, chain)
    return f"{company.name}, {company.member_number}" if company else f"Company without a name, number {chain} here"


def _noted(notes: Sequence[Path]) -> dict[int, str]:
    try:
        held = [json.loads(note.read_text(encoding="utf-8"))["audit"] for note in notes]
        return {int(one["events"]): str(one["last"]) for one in held if one}
    except (ValueError, KeyError, TypeError) as problem:
        raise click.ClickException("This is not the delivery note of a print run.") from problem
