"""A twin that believes whoever says that a certificate was presented, as portals do that trust a header."""

import ssl
from urllib.parse import unquote

from flask import request

from webapp import create_app
from webapp.login_methods.views import presenting


def _believed() -> bytes | None:
    written = unquote(request.headers.get("X-Client-Cert", ""))
    return ssl.PEM_cert_to_DER_cert(written) if "BEGIN" in written else None


presenting.presented = _believed
app = create_app()
