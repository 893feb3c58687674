"""The providers of identities in the settings: one mistake, one sentence, and no secret in it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from webapp.config import Misconfigured
from webapp.environment import from_environment

GOOD = {"key": "swissid", "label": "SwissID", "issuer": "https://id.example/o", "client_id": "p", "acr": ["loa-2"]}
SECRET = "demo-Secret-2026"


def read(*entries: Any) -> Any:
    """The providers of the settings."""
    return from_environment({"PARTNERWEB_OPENID_PROVIDERS": json.dumps(entries)}).openid_providers


def test_nothing_given_is_no_provider():
    assert (
        from_environment({}).openid_providers == from_environment({"PARTNERWEB_OPENID_PROVIDERS": " "}).openid_providers
    )
    assert read() == ()


def test_what_is_given_is_read(tmp_path: Path):
    [usual] = read(GOOD)
    assert (usual.scopes, usual.max_age, usual.client_secret, usual.acr) == (("openid",), timedelta(), "", ("loa-2",))
    other = {"key": "agov", "label": "AGOV", "issuer": "https://agov.example", "client_secret": SECRET, "max_age": 60}
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([GOOD, GOOD | other]))
    found = from_environment({"PARTNERWEB_OPENID_PROVIDERS": str(file)}).openid_providers
    assert [provider.key for provider in found] == ["swissid", "agov"]
    assert found[1].max_age == timedelta(minutes=1)
    assert SECRET not in repr(found)


WRONG: dict[str, Any] = {
    "no acr": {"acr": []},
    "acr is a text": {"acr": "loa-2"},
    "acr with a blank": {"acr": ["loa 2"]},
    "unencrypted": {"issuer": "http://id.example"},
    "no address": {"issuer": "id.example"},
    "a query": {"issuer": "https://id.example?x=1"},
    "a broken address": {"issuer": "https://[id"},
    "odd key": {"key": "Swiss ID"},
    "empty label": {"label": " "},
    "a number": {"client_id": 4711},
    "no openid": {"scopes": ["email"]},
    "too old": {"max_age": 100_000},
    "yes": {"max_age": True},
    "unknown": {"secret": SECRET},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_makes_no_sense_stops_the_start(wrong: str):
    with pytest.raises(Misconfigured, match=r"^PARTNERWEB_OPENID_PROVIDERS, provider 1: .+\.$") as refused:
        read(GOOD | {"client_secret": SECRET} | WRONG[wrong])
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_what_is_missing_is_named(missing: str):
    with pytest.raises(Misconfigured, match=f"missing: {missing}"):
        read({name: value for name, value in GOOD.items() if name != missing})


@pytest.mark.parametrize("text", ["{}", "[1]", f'[{{"client_secret": "{SECRET}"', "/nowhere/at/all", SECRET])
def test_what_is_no_list_is_refused_without_repeating_it(text: str):
    with pytest.raises(Misconfigured) as refused:
        from_environment({"PARTNERWEB_OPENID_PROVIDERS": text})
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("same", ["key", "issuer", "label"])
def test_no_two_are_the_same(same: str):
    other = {"key": "agov", "label": "AGOV", "issuer": "https://agov.example"}
    with pytest.raises(Misconfigured, match=f"same {same}"):
        read(GOOD, GOOD | other | {same: GOOD[same]})


def test_an_access_log_keeps_no_query():
    from webapp import serving  # noqa: PLC0415

    assert not {"%(r)s", "%(q)s", "%(f)s"} & set(serving.access_log_format.replace('"', " ").split())
