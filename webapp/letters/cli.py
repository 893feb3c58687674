"""flask letters print, flask letters posted RUN."""

import click
from flask.cli import with_appcontext
from sqlmodel import Session, select

from webapp.letters.actions import post_run, start_run
from webapp.letters.models import PrintRun
from webapp.letters.printing import print_document
from webapp.letters.queries import open_documents, progress, run_with_name
from webapp.ports import Outside, TryAgainLater, Unprintable
from webapp.web.context import db, outside


@click.group()
def letters() -> None:
    """Print the letters that wait, and say that they were posted."""


@letters.command("print")
@with_appcontext
def print_() -> None:
    """Print every waiting letter, and go on with runs that were interrupted; safe to run again at any time."""
    started = start_run(db(), outside(), None)
    unfinished = [run.name for run in db().exec(select(PrintRun)) if run.handed_over_at is None]
    db().rollback()
    if started is None and not unfinished:
        click.echo("No letter is waiting.")
    complete = [_printed(db(), outside(), name) for name in unfinished]
    if not all(complete):
        raise SystemExit(1)


def _printed(db: Session, outside: Outside, name: str) -> bool:
    """Print the run called ``name`` in this process; a worker that does the same is no harm. Whether it is complete."""
    run = run_with_name(db, name)
    documents = open_documents(db, run) if run else []
    db.rollback()
    with click.progressbar(documents, label=name) as bar:
        try:
            for document_id in bar:
                print_document(db, outside, document_id)
        except (TryAgainLater, Unprintable) as problem:
            click.echo(f"\n{name} waits: {problem}. Nothing is lost; it is tried again.", err=True)
            return False
    db.expire_all()
    run = run_with_name(db, name)
    if run:
        far = progress(db, run)
        click.echo(f"{name}: {far.ready} of {far.letters} letters in {len(far.documents)} files, ready for the post")
    db.rollback()
    return True


@letters.command()
@click.argument("run")
@with_appcontext
def posted(run: str) -> None:
    """Say that RUN (run-000017) was brought to the post; the people get an e-mail."""
    found = run_with_name(db(), run)
    if found is None:
        raise click.ClickException(f"There is no print run called {run}.")
    count = post_run(db(), outside(), found)
    if count is None:
        raise click.ClickException(f"{run} is not printed yet, or was posted before.")
    click.echo(f"{run}: {count} letters posted")
