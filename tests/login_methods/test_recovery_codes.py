"""How recovery codes are drawn, typed and recognised, and what is kept of them."""

from typing import Any

import pytest

from tests.twins import Clock
from webapp.hashing import verify_hash
from webapp.login_methods.method import NotProved, Proved
from webapp.login_methods.methods import recovery_codes
from webapp.login_methods.methods.recovery_codes import ALPHABET, COUNT, LENGTH, METHOD, as_printed, as_typed, drawn
from webapp.ports import Outside


@pytest.fixture
def codes(outside: Outside) -> list[str]:
    """A new set."""
    new = METHOD.begin({}, outside).kept["new"]
    assert isinstance(new, list)
    return new


@pytest.fixture
def kept(codes: list[str], outside: Outside) -> dict[str, Any]:
    """What is kept once a code was typed back."""
    proof = METHOD.proves({"new": codes}, {}, as_printed(codes[0]), outside)
    assert isinstance(proof, Proved)
    return proof.kept or {}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each hash that is compared."""
    compared: list[str] = []
    monkeypatch.setattr(
        recovery_codes, "verify_hash", lambda kept, typed: compared.append(kept) or verify_hash(kept, typed)
    )
    return compared


def test_ten_of_which_no_two_begin_alike() -> None:
    for _ in range(200):
        codes = drawn()
        assert len({code[0] for code in codes}) == len(codes) == COUNT
        assert {len(code) for code in codes} == {LENGTH}
        assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01AEIOUL")
    assert len(ALPHABET) ** (LENGTH - 1) > 2**40


def test_a_code_is_read_however_it_is_written() -> None:
    ways = ("4KTT7-8ZDTZ", "4ktt78zdtz", " 4KTT7 8ZDTZ ", "4ktt7–8zdtz", "4 K T T 7 . 8 Z D T Z", "４ＫＴＴ７-8ZDTZ")
    assert {as_typed(way) for way in ways} == {"4KTT78ZDTZ"}


def test_only_hashes_are_kept_each_with_its_own_salt(kept: dict[str, Any], codes: list[str], outside: Outside) -> None:
    hashes = list(kept["left"].values())
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert len({one.split("$")[4] for one in hashes}) == COUNT
    assert not [code for code in codes if code in repr(kept)]
    assert not [code for code in codes for one in hashes if verify_hash(one, code)]  # a pepper is in it


def test_each_counts_once(kept: dict[str, Any], codes: list[str], outside: Outside) -> None:
    for used, code in enumerate(codes, 1):
        proof = METHOD.proves(kept, {}, code, outside)
        assert isinstance(proof, Proved)
        assert proof.shown_as == f"{COUNT - used}/{COUNT}"
        assert bool(proof.warning) == (COUNT - used <= 3)
        kept = proof.kept or {}
        assert METHOD.shown(kept, {}, None) == {"left": COUNT - used}  # type: ignore[arg-type]
    for code in codes:
        assert METHOD.proves(kept, {}, code, outside).why  # type: ignore[union-attr]


def test_one_hash_is_compared_however_many_are_left(
    kept: dict[str, Any], codes: list[str], outside: Outside, looked: list[str]
) -> None:
    unknown = next(symbol for symbol in ALPHABET if symbol not in kept["left"])
    for code, work in ((codes[3], 1), (codes[3][:-1] + "?", 1), (unknown + codes[3][1:], 0), ("", 0)):
        looked.clear()
        METHOD.proves(kept, {}, code, outside)
        assert len(looked) == work


def test_a_code_of_another_place_or_set_is_none(kept: dict[str, Any], codes: list[str], outside: Outside) -> None:
    moved = codes[1][0] + codes[2][1:]
    for code in (moved, codes[1][::-1], *drawn()):
        assert METHOD.proves(kept, {}, code, outside) == NotProved()


def test_typing_one_back_uses_nothing_up(codes: list[str], outside: Outside, clock: Clock) -> None:
    assert METHOD.proves({"new": codes}, {}, drawn()[0], outside) == NotProved()
    assert METHOD.proves({"new": codes}, {}, "", outside) == NotProved()
    assert METHOD.proves({"new": codes}, {}, "é" * LENGTH, outside) == NotProved()
    proof = METHOD.proves({"new": codes}, {}, codes[9].lower(), outside)
    assert isinstance(proof, Proved)
    assert len((proof.kept or {})["left"]) == COUNT
