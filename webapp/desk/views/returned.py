"""Letters that the post brings back: their numbers typed, looked at, taken back."""

from flask import Response, request
from flask_babel import ngettext

from webapp.desk import returned_queries as queries
from webapp.desk.forms import ReturnedForm, why_not
from webapp.desk.views.blueprint import desk
from webapp.upgrade.actions.returning import take_back
from webapp.web import redirects
from webapp.web.access import clerks_only
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.pages import page


@desk.get("/returned-letters")
@clerks_only
def returned() -> Response:
    """Where the numbers are typed; below it, what came back lately."""
    return _ask(ReturnedForm())


@desk.post("/returned-letters")
@clerks_only
def find_returned() -> Response:
    """On to the letters with these numbers, unless one is unknown."""
    form = ReturnedForm()
    if not form.validate():
        return _ask(form, status=422)
    _found, unknown = queries.letters_with(db(), form.read)
    if unknown:
        form.tell_unknown(unknown)
        return _ask(form, status=422)
    return redirects.to(".look_at_returned", numbers=" ".join(form.read), why=form.why.data)


@desk.get("/returned-letters/preview")
@clerks_only
def look_at_returned() -> Response:
    """Whose letters these are, and what happens with each."""
    form = ReturnedForm(request.args)
    if not form.validate():
        return _ask(form, status=422)
    found, _unknown = queries.letters_with(db(), form.read)
    return page("desk/returned_preview.html", form=form, found=found, why_not=why_not)


@desk.post("/returned-letters/preview")
@clerks_only
def take_returned() -> Response:
    """Take them back."""
    form = ReturnedForm()
    if not form.validate():
        return _ask(form, status=422)
    found, _unknown = queries.letters_with(db(), form.read)
    count = take_back(db(), outside(), [one.letter.id or 0 for one in found], by=me(), moved=form.moved)
    sentence = ngettext("%(num)s letter is taken back.", "%(num)s letters are taken back.", count)
    announce(sentence, "success" if count else "notice")
    return redirects.to(".returned")


def _ask(form: ReturnedForm, status: int = 200) -> Response:
    return page("desk/returned.html", form=form, lately=queries.lately(db()), status=status)
