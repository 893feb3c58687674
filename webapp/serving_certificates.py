"""How gunicorn itself asks for certificates, where no nginx does: a second one, beside the portal's.

``python -m gunicorn -c python:webapp.serving_certificates --certfile CHAIN --keyfile KEY wsgi:app``, with the portal's
settings. TLS turns expired and foreign certificates away before we can explain; nginx leaves that to us.
"""

import os
import ssl
from collections.abc import Callable
from typing import Any

from webapp.environment import from_environment
from webapp.login_methods.certificates.authorities import as_pem, read

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8444')}"
workers = 1
worker_class = "gthread"
threads = 4
control_socket_disable = True  # as in the portal's
loglevel = os.environ.get("LOG_LEVEL", "warning")
cert_reqs = ssl.CERT_OPTIONAL
raw_env = [
    "PARTNERWEB_EMBEDDED_WORKER=no",  # jobs are the portal's
    "PARTNERWEB_PROXIES=0",  # nobody stands in front: browsers reach this port themselves
]


def ssl_context(_settings: Any, usual: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """Believe the authorities of the settings; each of them, whether or not the one above is known."""
    config, context = from_environment(), usual()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=as_pem(read(config.certificate_authorities, None)))
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
