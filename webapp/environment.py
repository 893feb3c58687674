"""The settings as the environment gives them: PARTNERWEB_<FIELD>, and PARTNERWEB_FUND_<FIELD> for the fund's own."""

import dataclasses
import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from webapp.config import Config, Fund, Misconfigured
from webapp.openid_settings import openid_providers

PREFIX = "PARTNERWEB_"
CHOICES = {
    "mode": ("development", "production"),
    "sms": ("folder", "http"),
    "mail": ("folder", "smtp"),
    "smtp_tls": ("none", "starttls", "tls"),
    "window": ("left", "right"),
    "certificate_from": ("", "proxy", "tls"),
}
SECRETS = ("secret", "pepper", "seal")
SHORTEST_SECRET = 24


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration; Misconfigured, in a sentence, when something is missing or makes no sense."""
    fund = Fund(**_given(Fund, environ, f"{PREFIX}FUND_"))
    config = Config(**_given(Config, environ, PREFIX), fund=fund)
    for name, allowed in CHOICES.items():
        if getattr(config, name) not in allowed:
            raise Misconfigured(f"{PREFIX}{name.upper()} must be one of: {', '.join(allowed)}.")
    if config.mode == "production":
        _check_production(config)
    if config.certificate_address:
        _check_certificates(config)
    return config


def _check_certificates(config: Config) -> None:
    name = f"{PREFIX}CERTIFICATE"
    address = urlsplit(config.certificate_address)
    if address.scheme != "https" or address.path or address.netloc == urlsplit(config.address).netloc:
        raise Misconfigured(f"{name}_ADDRESS must be https:// and a host or port that {PREFIX}ADDRESS does not have.")
    if not config.certificate_from:
        raise Misconfigured(f"{name}_FROM must say who speaks TLS there: proxy or tls.")
    if config.certificate_from == "proxy" and len(config.certificate_proxy_secret) < SHORTEST_SECRET:
        raise Misconfigured(f"{name}_PROXY_SECRET must be set: at least {SHORTEST_SECRET} random characters.")
    needed = ["authorities", *(["revocations"] if config.certificate_strict else [])]
    for what in needed:
        place = getattr(config, f"certificate_{what}")
        if place is None or not place.exists():
            raise Misconfigured(f"{name}_{what.upper()} must be a file or folder that exists; it is {place}.")


def _check_production(config: Config) -> None:
    for name in SECRETS:
        if len(getattr(config, name).split(" ")[0]) < SHORTEST_SECRET or getattr(config, name) == "development-only":
            raise Misconfigured(f"{PREFIX}{name.upper()} must be set: at least {SHORTEST_SECRET} random characters.")
    if len({getattr(config, name) for name in SECRETS}) < len(SECRETS):
        raise Misconfigured(f"{PREFIX}SECRET, PEPPER and SEAL must be three different secrets.")
    if not config.address.startswith("https://"):
        raise Misconfigured(f"{PREFIX}ADDRESS must begin with https:// in production.")
    if config.sms == "folder" or config.mail == "folder":
        raise Misconfigured(f"{PREFIX}SMS must be http and {PREFIX}MAIL smtp in production: folders send nothing.")
    if any(not provider.issuer.startswith("https://") for provider in config.openid_providers):
        raise Misconfigured(f"{PREFIX}OPENID_PROVIDERS: in production every issuer must begin with https://.")
    if config.sms == "http" and not config.sms_url:
        raise Misconfigured(f"{PREFIX}SMS_URL must say where the SMS gateway listens.")


def _given(kind: type[Any], environ: Mapping[str, str], prefix: str) -> dict[str, Any]:
    given = {}
    for field in dataclasses.fields(kind):
        name = prefix + field.name.upper()
        if field.name in ("names", "hours"):
            given[field.name] = _by_language(field, environ, name)
        elif field.name != "fund" and name in environ:
            given[field.name] = _read(name, environ[name], str(field.type))
    return given


def _by_language(field: Any, environ: Mapping[str, str], name: str) -> dict[str, str]:
    """PARTNERWEB_FUND_NAMES_FR, …_DE, …: what is given replaces all that is built in."""
    given = {
        key.removeprefix(f"{name}_").lower(): value for key, value in environ.items() if key.startswith(f"{name}_")
    }
    return given or field.default_factory()


def _days(text: str) -> timedelta:
    return timedelta(days=int(text))


READERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": lambda text: {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[text.lower()],
    "Path": Path,
    "Path | None": Path,
    "date | None": date.fromisoformat,
    "timedelta": _days,
    "tuple[str, ...]": lambda text: tuple(text.replace(",", " ").split()),
    "tuple[webapp.config.OpenIdProvider, ...]": openid_providers,
}


def _read(name: str, text: str, kind: str) -> Any:
    kind = kind.removeprefix("<class '").removesuffix("'>").rpartition(".")[2] if "<class" in kind else kind
    kind = kind.replace("pathlib.", "").replace("datetime.", "").replace("_local.", "")
    try:
        return READERS[kind](text)
    except (ValueError, KeyError):
        raise Misconfigured(f"{name} is {text!r}: this is not what is expected there ({kind}).") from None
