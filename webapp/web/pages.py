"""Answer a request with a whole page or, for htmx, with the one block it asked for.

The rule: an element's id names the block that fills it (``users-table`` and ``users_table``).
"""

from typing import Any
from urllib.parse import quote, urlsplit

from flask import Response, current_app, make_response, render_template, request
from flask_htmx import HTMX

htmx = HTMX()


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """Render ``template`` whole, or the block named by the htmx target, or its ``main`` block."""
    if fragment_wanted():
        response = _fragment(template, status, context)
    else:
        response = make_response(
            render_template(template, layout="layouts/page.html", fragment=None, **context), status
        )
    response.headers["Vary"] = "HX-Request, HX-Target, HX-Boosted, HX-History-Restore-Request"
    return response


def fragment_wanted() -> bool:
    """Whether htmx asks, and not only to show a whole page again."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _fragment(template: str, status: int, context: dict[str, Any]) -> Response:
    wanted = (htmx.target or "main").rpartition("#")[2].replace("-", "_")
    known = wanted in current_app.jinja_env.get_template(template).blocks
    block = wanted if known else "main"
    html = render_template(template, layout="layouts/fragment.html", fragment=block, **context)
    response = make_response(html, status)
    if not known:
        response.headers["HX-Retarget"] = "#main"
        response.headers["HX-Reswap"] = "innerHTML show:window:top"
    if block == "main" and request.method == "GET" and status == 200 and _arrived_elsewhere():
        query = request.query_string.decode("ascii", "ignore")
        response.headers["HX-Push-Url"] = quote(request.path) + (f"?{query}" if query else "")
    return response


def _arrived_elsewhere() -> bool:
    here = urlsplit(htmx.current_url or "")
    return (here.path, here.query) != (quote(request.path), request.query_string.decode("ascii", "ignore"))
