"""The providers of identities as the settings give them: JSON, or the path of a file that holds it.

[{"key": "swissid", "label": "SwissID", "issuer": "https://login.example/oauth2", "client_id": "portal",
  "client_secret": "…", "acr": ["loa-2"], "scopes": ["openid"], "max_age": 0}]

``client_secret``, ``scopes`` and ``max_age`` (seconds) may be left out. No sentence about a mistake repeats a value.
"""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from webapp.config import Misconfigured, OpenIdProvider

NAME = "PARTNERWEB_OPENID_PROVIDERS"
NEEDED = {"key", "label", "issuer", "client_id", "acr"}
LONGEST_AGE = 3600  # seconds
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def openid_providers(text: str) -> tuple[OpenIdProvider, ...]:
    """The providers, in the order in which they are offered; Misconfigured says what is wrong with which one."""
    entries = _json(text.strip()) if text.strip() else []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Misconfigured(f"{NAME} must be a JSON list of objects, or the path of a file with one.")
    found = tuple(_provider(number, entry) for number, entry in enumerate(entries, start=1))
    for name in ("key", "issuer", "label"):
        if len({getattr(provider, name) for provider in found}) < len(found):
            raise Misconfigured(f"{NAME}: no two providers may have the same {name}.")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text if text.startswith("[") else Path(text).read_text(encoding="utf-8"))
    except OSError:
        raise Misconfigured(f"{NAME} is neither a JSON list nor the path of a file that can be read.") from None
    except ValueError:  # its words would repeat what stands there
        raise Misconfigured(f"{NAME} is not valid JSON.") from None


def _provider(number: int, entry: dict[str, Any]) -> OpenIdProvider:
    where = f"{NAME}, provider {number}"
    if missing := NEEDED - entry.keys():
        raise Misconfigured(f"{where}: missing: {', '.join(sorted(missing))}.")
    if unknown := entry.keys() - NEEDED - {"client_secret", "scopes", "max_age"}:
        raise Misconfigured(f"{where}: nothing is known of: {', '.join(sorted(unknown))}.")
    words = {name: entry.get(name, "") for name in ("key", "label", "issuer", "client_id", "client_secret")}
    for name, value in words.items():
        if not isinstance(value, str) or (not value.strip() and name != "client_secret"):
            raise Misconfigured(f"{where}: {name} must be a text.")
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", words["key"]):
        raise Misconfigured(f"{where}: key must be of small letters, digits and hyphens.")
    if not _is_issuer(words["issuer"]):
        raise Misconfigured(f"{where}: issuer must be an address that begins with https://, without ? and #.")
    scopes = _list(f"{where}: scopes", entry.get("scopes", ["openid"]))
    if "openid" not in scopes:
        raise Misconfigured(f"{where}: scopes must have openid among them.")
    age = entry.get("max_age", 0)
    if type(age) is not int or not 0 <= age <= LONGEST_AGE:
        raise Misconfigured(f"{where}: max_age must be a number of seconds between 0 and {LONGEST_AGE}.")
    acr = _list(f"{where}: acr", entry["acr"])
    return OpenIdProvider(**words, acr=acr, scopes=scopes, max_age=timedelta(seconds=age))


def _is_issuer(text: str) -> bool:
    """Encrypted; or on this machine, for trying."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    known = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    return known and bool(parts.hostname) and not parts.query and not parts.fragment and text == text.strip()


def _list(where: str, given: Any) -> tuple[str, ...]:
    """At least one word, none with a blank: they travel side by side."""
    if not isinstance(given, list) or not given:
        raise Misconfigured(f"{where} must be a list of at least one word.")
    if any(not isinstance(word, str) or not re.fullmatch(r"\S+", word) for word in given):
        raise Misconfigured(f"{where} must be words without blanks.")
    return tuple(given)
