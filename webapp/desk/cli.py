"""flask users clerk: somebody at the fund who works at the desk; flask users clerk-gone: who does so no more."""

import click
from flask.cli import with_appcontext
from sqlmodel import col, select
from wtforms import ValidationError

from webapp.accounts.actions import note_about
from webapp.accounts.actions.admitting import shut_out_clerk
from webapp.accounts.email_address import as_kept
from webapp.accounts.models import User
from webapp.accounts.password_strength import weakness
from webapp.accounts.passwords import hash_password
from webapp.audit.events import Event
from webapp.config import LANGUAGES
from webapp.login_methods.actions import hand_out
from webapp.web.context import db, now, outside


@click.command("clerk")
@click.argument("email")
@click.option("--name", required=True, help='"Last name, First name"')
@click.option("--mobile", required=True, help="Where the second factor goes at each sign-in.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
@with_appcontext
def clerk(email: str, name: str, mobile: str, language: str) -> None:
    """Add a clerk of the fund, or give one a new password and number. Both factors are asked for from the start."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    if weak := weakness(password, [name, email]):
        raise click.ClickException(f"This password is not taken: {weak.replace('_', ' ')}.")
    email = as_kept(email)
    user = db().exec(select(User).where(User.email == email)).first()
    if user and not user.clerk:
        raise click.ClickException("This address belongs to a company's user.")
    last, _, first = (part.strip() for part in name.partition(","))
    known = user is not None
    user = user or User(clerk=True, email=email, first_name="", last_name="", language="", activated_at=now())
    user.last_name, user.first_name, user.language = last, first, language
    user.password_hash, user.deactivated_at = hash_password(password), None
    db().add(user)
    db().flush()
    note_about(db(), outside(), Event.PASSWORD_CHANGED if known else Event.USER_CREATED, user, by=None)
    try:
        hand_out(db(), outside(), user, slug="sms", answers={"number": mobile})
    except ValidationError:
        raise click.ClickException(f"{mobile} is no mobile number of an allowed country.") from None
    click.echo(f"{user.full_name} signs in with the password and a code sent to the telephone.")


@click.command("clerk-gone")
@click.argument("email")
@with_appcontext
def clerk_gone(email: str) -> None:
    """Keep a clerk out who works at the fund no more: signed out everywhere, at once. Nothing is deleted."""
    user = db().exec(select(User).where(User.email == as_kept(email), col(User.clerk).is_(True))).first()
    if user is None:
        raise click.ClickException("No clerk of the fund has this address.")
    if not shut_out_clerk(db(), outside(), user):
        raise click.ClickException(f"{user.full_name} could not sign in any more already.")
    click.echo(f"{user.full_name} cannot sign in any more, and is signed out everywhere.")
    if db().exec(select(User.id).where(col(User.clerk).is_(True), col(User.deactivated_at).is_(None))).first() is None:
        click.echo("Nobody is left at the desk. Add a clerk with: flask users clerk")
