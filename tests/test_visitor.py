"""The visitor sees what a browser shows, and no faulty page gets past."""

import pytest
from flask import Flask, Response, redirect, request

from tests.page_rules import problems
from tests.pages import Page, Unfindable
from tests.visitor import Visitor

WHOLE = """<!doctype html><html lang="en"><head><title>{title} – Portal</title></head><body>
<p id="status" role="status">{status}</p><main id="main" data-box>{main}</main>
<dialog id="dialog" data-box aria-labelledby="dialog-title"></dialog></body></html>"""
FRAGMENT = '<title>{title}</title>{main}<p id="status" role="status" data-hx-swap-oob="innerHTML">{status}</p>'
FORM = """<h1>Number</h1>
<form method="post" action="/number" data-hx-post="/number" data-hx-target="closest [data-box]">
<input type="hidden" name="csrf_token" value="x"><label for="n">Mobile number</label><input id="n" name="n" value="{n}">
<label><input type="checkbox" name="terms" value="yes"> I accept</label><label for="why">Why</label>
<select id="why" name="why"><option>Lost</option><option value="late">Late</option></select>
<button name="do" value="ok">OK</button><button name="do" value="again">Again</button></form>
<a href="/help" data-hx-get="/help" data-hx-target="#dialog">Help</a>"""


def told(title: str, main: str, status: int = 200, said: str = "") -> Response:
    layout = FRAGMENT if request.headers.get("HX-Request") else WHOLE
    answer = Response(layout.format(title=title, main=main, status=said), status, mimetype="text/html")
    answer.headers["HX-Push-Url"] = request.full_path
    return protected(answer)


def protected(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def an_app() -> Flask:
    """Two pages and a dialog, told as the portal tells them."""
    app = Flask(__name__)

    @app.get("/number")
    def form() -> Response:
        return told("Number", FORM.format(n=""))

    @app.post("/number")
    def number() -> Response:
        if not request.form["n"]:
            return told("Error: Number", FORM.format(n="") + "<p>Tell us a number.</p>", 422)
        return redirect("/done?" + "+".join(f"{value}" for value in request.form.values()), 303)  # type: ignore[return-value]

    @app.get("/done")
    def done() -> Response:
        return told("Done", f"<h1>Done</h1><p>{request.query_string.decode()}</p>", said="Kept")

    @app.get("/help")
    def aid() -> Response:
        layout = "{main}" if request.headers.get("HX-Request") else WHOLE
        main = '<h1 id="dialog-title">Help</h1><p>So</p>'
        return protected(Response(layout.format(title="Help", main=main, status="")))

    return app


@pytest.fixture(params=["plain", "htmx"])
def somebody(request: pytest.FixtureRequest) -> Visitor:
    """A visitor of the small app."""
    return Visitor(an_app().test_client(), htmx=request.param == "htmx")


def test_a_form_is_filled_and_sent(somebody: Visitor) -> None:
    somebody.goes_to("/number").fills("Mobile number", "079").ticks("I accept").chooses("Late", of="Why").presses(
        "Again"
    )
    somebody.is_at("/done").sees("x+079+yes+late+again", "Kept").goes_back().is_at("/number")


def test_a_rejected_form_stays(somebody: Visitor) -> None:
    somebody.goes_to("/number").presses("OK").sees("Tell us a number.").is_at("/number")
    assert somebody.status == 422


def test_a_dialog_opens_over_the_page(somebody: Visitor) -> None:
    somebody.goes_to("/number").follows("Help").sees("So")
    with pytest.raises(Unfindable):
        somebody.page.button("OK")


def test_what_is_not_there_cannot_be_used(somebody: Visitor) -> None:
    somebody.goes_to("/number")
    for attempt in (lambda: somebody.presses("O K"), lambda: somebody.fills("Number of shoes", "3")):
        with pytest.raises(Unfindable):
            attempt()


GOOD = WHOLE.format(title="Number", main=FORM.format(n=""), status="")
FAULTS = [
    ('lang="en"', "", "lang"),
    ("<h1>Number</h1>", "<h2>Number</h2>", "0 h1"),
    ("<title>Number", "<title>Portal", "does not begin"),
    ("</form>", "</form><h3>Deep</h3>", "level 3"),
    ('<p id="status"', '<p id="n"', "2 times id=n"),
    ('<label for="n">Mobile number</label>', "", "no label"),
    ('<label for="n">', '<label for="nobody">', "a label for nobody"),
    ('id="n"', 'id="n" aria-describedby="gone"', "aria-describedby=gone"),
    (">Help</a>", "></a>", "no words"),
    ('action="/number"', "", "needs method and action"),
    ('<input type="hidden" name="csrf_token" value="x">', "", "0 tokens"),
    ("<button ", "<button disabled ", "disabled"),
    ("<form ", '<form style="color:red" ', "style on form"),
    ("<form ", '<form onsubmit="x()" ', "onsubmit on form"),
    ("</form>", "</form><script>x()</script>", "inline script"),
    ('role="status"', 'role="alert"', "role=alert"),
    ("<form ", '<form tabindex="3" ', "tabindex 3"),
    ("</form>", "</form><table><tr><th>Name</th></tr></table>", "without a caption"),
    ("</form>", '</form><img src="/x.svg">', "no alt"),
    ("<h1>", '<h1 autofocus tabindex="-1">', None),
]


@pytest.mark.parametrize(("sound", "faulty", "complaint"), FAULTS)
def test_each_fault_is_found(sound: str, faulty: str, complaint: str | None) -> None:
    assert sound in GOOD
    found = problems(Page(GOOD.replace(sound, faulty, 1)))
    assert any(complaint in problem for problem in found) if complaint else not found
