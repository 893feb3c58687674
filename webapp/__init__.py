"""PartnerWeb, the portal of a compensation fund; ``create_app`` is its table of contents."""

from collections.abc import Callable
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import database, gateways
from webapp.config import ROOT, Config
from webapp.environment import from_environment
from webapp.jobs import Jobs
from webapp.ports import Outside
from webapp.seal import Seal
from webapp.web import assets
from webapp.web.brand import brand_css
from webapp.writing import TemplateWriter

csrf = CSRFProtect()


def create_app(config: Config | None = None, outside: Callable[[Config], Outside] | None = None) -> Flask:
    """The portal; ``outside`` may bring other gateways, as the tests do."""
    config = config or from_environment()
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    _configure(app, config)
    _connect(app, config)
    app.extensions["outside"] = (outside or the_outside)(config)
    _prepare_web(app)
    assets.init_app(app, config)
    _add_slices(app, config)
    return app


def the_outside(config: Config) -> Outside:
    """The real gateways that the settings choose."""
    chosen = gateways.from_config(config)
    return Outside(
        config=config,
        seal=Seal(config.seal),
        sms=chosen.sms,
        mailer=chosen.mailer,
        press=chosen.press,
        carrier=chosen.carrier,
        openid=chosen.openid,
        writer=TemplateWriter(config),
        jobs=Jobs(config),
        now=lambda: datetime.now(UTC),
    )


def _configure(app: Flask, config: Config) -> None:
    brand_css(config.fund.accent)  # refuses a colour that nobody could read
    address = urlsplit(config.address)
    app.config.update(
        SECRET_KEY=config.secret,
        SECURE=address.scheme == "https",
        HOSTS={address.netloc, *config.trusted_hosts, *(DEVELOPMENT_HOSTS if config.development else ())},
        FORMS_TO=[config.certificate_address] if config.certificate_address else [],
        ANY_PORT=config.development,
        MAX_CONTENT_LENGTH=1_000_000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        hops = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


DEVELOPMENT_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def _connect(app: Flask, config: Config) -> None:
    if config.database.startswith("sqlite:///"):
        Path(config.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_ENGINES"] = {"default": config.database}
    database.db.init_app(app)
    # its asynchronous half has nothing to close here, and would start a thread at the end of each request
    app.teardown_appcontext_funcs = [f for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]
    with app.app_context():
        database.prepare(database.db.engine)


def _prepare_web(app: Flask) -> None:
    from webapp.web import (  # noqa: PLC0415
        access,
        client_certificate,
        compression,
        errors,
        filters,
        headers,
        languages,
        numbers,
        pages,
        sessions,
        surroundings,
    )

    compression.init_app(app)  # what is said first is done last
    sessions.init_app(app)
    client_certificate.init_app(app)
    headers.init_app(app)
    csrf.init_app(app)
    languages.init_app(app)
    filters.init_app(app)
    pages.htmx.init_app(app)
    numbers.init_app(app)
    access.init_app(app)
    errors.init_app(app)
    surroundings.init_app(app)


def _add_slices(app: Flask, config: Config) -> None:
    from webapp import cli, slices  # noqa: PLC0415 -- they import Flask's extensions and every table

    slices.add(app, development=config.development)
    cli.init_app(app)
