"""What a device is asked, at which address, and what is kept of its answer."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_session
from tests.devices import PRESENT, WINDOWS_HELLO, Device, base64url
from tests.factories import a_user
from webapp.config import Config
from webapp.login_methods.actions import circumstances
from webapp.login_methods.authenticator import Party
from webapp.login_methods.method import Asking, NotProved, Proved, as_written
from webapp.login_methods.methods.passkey import KNOWN, METHOD
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

ADDRESSES = {
    "https://portal.fund.example": ("portal.fund.example", "https://portal.fund.example"),
    "https://Portal.Fund.Example/": ("portal.fund.example", "https://portal.fund.example"),
    "https://portal.fund.example:443": ("portal.fund.example", "https://portal.fund.example"),
    "https://portal.fund.example:8443/x": ("portal.fund.example", "https://portal.fund.example:8443"),
    "http://localhost": ("localhost", "http://localhost"),
    "http://localhost:80": ("localhost", "http://localhost"),
    "http://localhost:8000": ("localhost", "http://localhost:8000"),
    "https://caisse-métier.example": ("xn--caisse-mtier-ieb.example", "https://xn--caisse-mtier-ieb.example"),
}
IMPOSSIBLE = ["https://192.0.2.7", "https://[2001:db8::7]", "http://127.0.0.1:8000", "http://portal.fund.example", ""]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_party_is_written_as_browsers_write_it(address: str) -> None:
    party = Party.at(address)
    assert (party.name, party.origin) == ADDRESSES[address]
    assert METHOD.offered(Config(address=address))


@pytest.mark.parametrize("address", IMPOSSIBLE)
def test_where_browsers_refuse_passkeys_none_are_offered(address: str) -> None:
    assert not METHOD.offered(Config(address=address))


@pytest.fixture
def asking(db: Session, outside: Outside) -> Asking:
    """The circumstances of a question to somebody."""
    user = a_user(db)
    return circumstances(db, outside, user, a_session(db, outside, user), outside.now())


def test_a_device_is_asked_for_a_passkey_of_its_own(asking: Asking) -> None:
    question, another = METHOD.ask({}, asking), METHOD.ask({}, asking)
    assert question["challenge"] != another["challenge"]
    assert question["user"] == another["user"]
    told = json.loads(METHOD.shown({}, question, asking)["options"])
    assert len(told["challenge"]["bytes"]) == 43  # 32 bytes
    assert told["rp"] == {"id": "localhost", "name": "Caisse de compensation Exemple"}
    assert told["user"]["id"] == {"bytes": question["user"]}
    assert told["user"]["name"] == asking.email
    assert told["authenticatorSelection"]["userVerification"] == "required"
    assert told["attestation"] == "none"
    assert told["excludeCredentials"] == []


def test_a_device_that_holds_one_already_is_left_out(asking: Asking, db: Session, outside: Outside) -> None:
    mine, pending, gone, stranger = (Device() for _ in range(4))
    facts = {"method": "passkey", "shown_as": "Passkey", "started_at": outside.now()}
    dated = {"confirmed_at": outside.now()}
    other = a_user(db).id
    for device, owner, dates in (
        (mine, asking.user_id, dated),
        (pending, asking.user_id, {}),
        (gone, asking.user_id, dated | {"removed_at": outside.now()}),
        (stranger, other, dated),
    ):
        db.add(Enrolment(user_id=owner, kept=outside.seal.close(device.kept), **facts, **dates))
    db.commit()
    question = METHOD.ask({}, asking)
    options = METHOD.shown({}, question, asking)["options"]
    (left_out,) = json.loads(options)["excludeCredentials"]
    assert left_out == {"id": {"bytes": base64url(mine.id)}, "type": "public-key", "transports": ["internal"]}
    answer = METHOD.proves({}, question, mine.creates(options), outside)
    assert isinstance(answer, NotProved)
    assert "already" in str(answer.why)
    assert isinstance(METHOD.proves({}, question, stranger.creates(options), outside), Proved)


def test_what_is_kept_is_the_key_and_nothing_of_the_person(asking: Asking, outside: Outside) -> None:
    device = Device(kind=WINDOWS_HELLO, counter=7)
    question = METHOD.ask({}, asking)
    proof = METHOD.proves({}, question, device.creates(METHOD.shown({}, question, asking)["options"]), outside)
    assert isinstance(proof, Proved)
    assert proof.shown_as == "Windows Hello, 23.11.2026"
    assert proof.kept == {
        "id": base64url(device.id),
        "key": base64url(device.public),
        "user": question["user"],
        "counter": 7,
        "transports": ["internal", "hybrid"],
        "kind": "08987058-cadc-4b81-b6e1-30de50dcbe96",
    }


def test_this_passkey_is_asked_and_its_counter_rises(asking: Asking, outside: Outside) -> None:
    device = Device(counter=7)
    kept = device.kept
    question = METHOD.ask(kept, asking)
    options = METHOD.shown(kept, question, asking)["options"]
    told = json.loads(options)
    assert [one["id"]["bytes"] for one in told["allowCredentials"]] == [kept["id"]]
    assert told["userVerification"] == "required"
    assert told["rpId"] == "localhost"
    device.counter = 9
    assert METHOD.proves(kept, question, device.gets(options), outside) == Proved({**kept, "counter": 9})
    assert METHOD.proves(kept, question, device.gets(options, user=b"somebody"), outside) != NotProved()


def test_a_device_that_does_not_count_changes_nothing(asking: Asking, outside: Outside) -> None:
    device = Device()
    question = METHOD.ask(device.kept, asking)
    options = METHOD.shown(device.kept, question, asking)["options"]
    assert METHOD.proves(device.kept, question, device.gets(options), outside) == Proved()


def test_whoever_was_not_checked_is_told_so(asking: Asking, outside: Outside) -> None:
    device = Device(flags=PRESENT)
    for kept, does in (({}, device.creates), (device.kept, device.gets)):
        question = METHOD.ask(kept, asking)
        answer = METHOD.proves(kept, question, does(METHOD.shown(kept, question, asking)["options"]), outside)
        assert isinstance(answer, NotProved)
        assert "has not checked who you are" in as_written(answer.why)


def test_a_copy_is_told_apart_from_a_mistake(asking: Asking, outside: Outside) -> None:
    device = Device(counter=7)
    kept = device.kept
    question = METHOD.ask(kept, asking)
    options = METHOD.shown(kept, question, asking)["options"]
    for counter in (7, 6, 0):
        answer = METHOD.proves(kept, question, replace(device, counter=counter).gets(options), outside)
        assert isinstance(answer, NotProved)
        assert "copy" in as_written(answer.why)


def test_the_names_of_devices_are_written_as_the_library_writes_them(asking: Asking, outside: Outside) -> None:
    for kind, name in KNOWN.items():
        question = METHOD.ask({}, asking)
        device = Device(kind=bytes.fromhex(kind.replace("-", "")))
        proof = METHOD.proves({}, question, device.creates(METHOD.shown({}, question, asking)["options"]), outside)
        assert isinstance(proof, Proved)
        assert proof.shown_as == f"{name}, 23.11.2026"
