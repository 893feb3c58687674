"""Fewer bytes, where their number betrays nothing.

How well an answer is compressed tells whether a stranger's words in it are like a secret beside them (BREACH). So
what is compressed is only what no stranger can ask for, or has no words of theirs in it.
"""

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, request, session

from webapp.web.headers import vary

WORTH_IT = 1000  # bytes; below, nothing is gained
QUALITY = 5  # of 11: a third of a millisecond for the largest page


def _asked_by_our_own_page() -> bool:
    """By htmx: another site cannot send its header, and the browser itself says who asks."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("Sec-Fetch-Site") == "same-origin"


def _the_same_for_everybody() -> bool:
    """A page for people who are not signed in, with nothing of the request in it."""
    return "_user_id" not in session and request.method == "GET" and not request.query_string


def compress(response: Response) -> Response:
    """Brotli, for pages and fragments; files were compressed when they were published."""
    if response.mimetype != "text/html" or (response.content_length or 0) < WORTH_IT:
        return response
    vary(response, "Accept-Encoding")
    safe = _asked_by_our_own_page() or (_the_same_for_everybody() and response.status_code == 200)
    if safe and request.accept_encodings["br"]:
        response.set_data(brotli.compress(response.get_data(), mode=brotli.MODE_TEXT, quality=QUALITY))
        response.headers["Content-Encoding"] = "br"
    return response


def init_app(app: Flask) -> None:
    """The last thing that happens to an answer."""
    app.after_request(compress)
