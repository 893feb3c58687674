"""Every address of the portal asked for with ids of one's own company, of another one, and of nobody."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.attacks.said import said
from tests.conftest import PROVE
from tests.sources import files
from webapp.administration.wanted import Wanted
from webapp.config import ROOT

UNKNOWN = "0123456789abcdef" * 2
CANARY = "Kanarienvogel"
ASKED_FOR = re.compile(r"(?:args|form|values)\.(?:get|getlist)\(\"(\w+)\"")
PROBED = [  # how a test is marked that probes
    pytest.mark.usefixtures("without_tokens"),
    pytest.mark.parametrize("database", ["sqlite", "postgresql"] if PROVE else ["sqlite"], indirect=True),
]


@dataclass(frozen=True)
class Probe:
    """One request: its method, the address with {} where the id may stand, and the name of the answer that holds it."""

    method: str
    address: str
    name: str = ""  # empty: the id stands in the address


HAVE_NO_IDS = ("/static/<path:filename>", "/readyz")  # the twins have no queue to tell of
WHATS = ("deactivations", "permissions")  # done to several people
HOLD_IDS = ("after", "before", "seen", "user")


def names() -> Sequence[str]:
    """What any view asks a request for; if time is short, only what may hold an id."""
    if not PROVE:
        return HOLD_IDS
    sources = [(ROOT / Path(file)).read_text() for file in files("webapp/**/*.py")]
    return sorted({name for text in sources for name in ASKED_FOR.findall(text)} | {one.name for one in fields(Wanted)})


def probes(app: Flask, slices: Sequence[str], named: Sequence[str] | None = None) -> Iterator[Probe]:
    """Each address of these blueprints with an id in each place that could hold one; or under these names only."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if (slices and rule.endpoint.partition(".")[0] not in slices) or rule.rule in HAVE_NO_IDS:
            continue
        plain = re.sub(r"<int:[^>]+>", "1", rule.rule.replace("<slug>", "sms"))
        for what in WHATS if "<what>" in plain else ("",):
            address = re.sub(r"<[^>]+>", "{}", plain.replace("<what>", what))
            for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
                if "{}" in address:
                    yield Probe(method, address)
                for name in names() if named is None else named:
                    yield Probe(method, address.replace("{}", UNKNOWN), name)


def answer(app: Flask, cookie: str, probe: Probe, *ids: str) -> tuple[int, str, bytes]:
    """Status, where it leads, and the body, without the id itself and without what is drawn for each page."""
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
    sent = MultiDict({"key": "f" * 32, "seen": "", "action": "order", "salaries": "read"})
    sent |= {probe.name: ""} if probe.name else {}
    if probe.name:
        sent.setlist(probe.name, list(ids))
    if probe.method == "GET":
        response = client.get(probe.address.format(ids[-1]), query_string=sent if probe.name else None)
    else:
        response = client.post(probe.address.format(ids[-1]), data=sent)
    assert response.status_code < 500, f"{probe}: an answer that tells nothing apart"
    body = b"".join(_unpacked(response.data)) if response.data[:2] == b"PK" else said(response).encode()
    response.close()
    told = response.headers.get("Location", "") + response.headers.get("Content-Disposition", "")
    for one in (ids[-1], UNKNOWN):  # the links to other languages repeat what was asked for
        told, body = told.replace(one, "ID"), body.replace(one.encode(), b"ID")
    return response.status_code, told, body


def _unpacked(workbook: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        yield from (parts.read(name) for name in parts.namelist() if not name.startswith("docProps"))


def leaks(app: Flask, cookie: str, asked: Iterable[Probe], own: str, foreign: Sequence[str]) -> Iterator[str]:
    """Where an id of another company is answered in another way than one of nobody, alone or beside one's own."""
    for probe in asked:
        for beside in ((), (own,)) if probe.name else ((),):
            nobody = answer(app, cookie, probe, *beside, UNKNOWN)
            for stranger in foreign:
                told = answer(app, cookie, probe, *beside, stranger)
                if told != nobody or CANARY.lower().encode() in told[2].lower() or CANARY in told[1]:
                    yield f"{probe.method} {probe.address} {probe.name}: {told[0]}, {nobody[0]}"
