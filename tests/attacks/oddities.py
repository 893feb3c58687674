"""Answers of passkeys as nobody's device gives them: each right save for one part, or no answer at all."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import cbor2

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "A",
    "=",
    "é",
    "😀",
    "\ud800",
    "A" * 3000,
    "AA\nBB",
    "../../etc",
]
ODD += [[], [[]], {}, {"bytes": "AAAA"}, ["public-key"], {"toString": 1}]
BOMBS = [
    b"",
    b"\x00",
    b"\xff" * 40,
    b"\x81" * 3000 + b"\x00",  # lists in lists
    b"\xa1" * 2000,
    b"\x9b" + b"\xff" * 8,  # a list of 2^64 - 1
    b"\x5b\x7f" + b"\xff" * 7,  # as long a string of bytes
    b"\xd8\x1d\x00" * 50,  # references to what is not there
    b"\xc2\x5a\x00\x00\x10\x00" + b"\xff" * 3000,  # a number of many digits
    b"\xa2\x01\x01\x01\x02",  # a key twice
    cbor2.dumps({"fmt": "none", "attStmt": {}}),
    cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": 7}),
    cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": b"\x00" * 36}),
    cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": b"\x00" * 32 + b"\x45" + b"\x00" * 20 + b"\xff\xff"}),
    cbor2.dumps({"fmt": ["none"], "attStmt": None, "authData": b"\x00" * 37}),
    b"{}",
    b"null",
    b'{"type":"webauthn.get","challenge":7,"origin":[]}',
    b'{"type":"webauthn.get","challenge":"","origin":null,"tokenBinding":{}}',
    b"[" * 3000,
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
]
NO_ANSWER = [
    "null",
    "[]",
    "{}",
    "0",
    '"x"',
    "NaN",
    "[" * 7900,
    '{"a":' * 1300,
    "1" * 7000,
    "{",
    "}{",
    "\x00{}",
    "\ufeff{}",
]
NO_ANSWER += [
    "<svg onload=alert(1)>",
    "' OR 1=1 --",
    "%s%n{0}",
    "é" * 7999,
    "😀" * 3000,
    '{"id":"a","id":"b"}',
    "-" * 8000,
]
TOO_LONG = ["A" * 8001, json.dumps({"id": "A" * 100_000}), "[" * 200_000]


def oddities(right: str) -> Iterator[str]:
    """More than two hundred: every part of the right answer missing, or replaced by something odd."""
    parts = [("id",), ("type",), ("response",)]
    parts += [("response", name) for name in json.loads(right)["response"] if name not in ("transports", "userHandle")]
    for path in parts:
        yield _with(right, path)
        yield from (_with(right, path, odd) for odd in ODD)
    for path in parts[3:]:
        yield from (_with(right, path, base64.urlsafe_b64encode(bomb).decode().rstrip("=")) for bomb in BOMBS)
    yield from NO_ANSWER
    yield from TOO_LONG


def _with(right: str, path: tuple[str, ...], *odd: Any) -> str:
    said = json.loads(right)
    inside = said
    for name in path[:-1]:
        inside = inside[name]
    del inside[path[-1]]
    if odd:
        inside[path[-1]] = odd[0]
    return json.dumps(said)
