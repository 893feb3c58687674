"""The code in the letter: evenly drawn, forgiving to read, and every usual slip is noticed."""

from collections import Counter
from itertools import product

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.attacks.arranging import a_code
from tests.conftest import PROVE, REAL_HASHES
from tests.factories import a_user
from webapp.codes import ALPHABET, Mistyped, as_printed, as_typed, check_symbol
from webapp.hashing import verify_hash
from webapp.ports import Outside
from webapp.upgrade.code import LENGTH, draw, mistake, peppered
from webapp.upgrade.models import UpgradeCode

DRAWN = 1_000_000 if PROVE else 100_000
CHI_SQUARE_28 = (10.4, 64.0)  # quantiles 0.001 and 0.9999 with 28 degrees of freedom
CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda drawn: drawn + check_symbol(drawn))


def test_codes_are_drawn_evenly_and_never_twice() -> None:
    drawn = [draw() for _ in range(DRAWN)]
    assert len(set(drawn)) == DRAWN
    for position in range(LENGTH):
        counts = Counter(code[position] for code in drawn)
        expected = DRAWN / len(ALPHABET)
        distance = sum((counts[symbol] - expected) ** 2 / expected for symbol in ALPHABET)
        assert CHI_SQUARE_28[0] < distance < CHI_SQUARE_28[1], position


def test_an_uneven_drawing_would_be_noticed() -> None:
    counts = Counter(dict.fromkeys(ALPHABET, DRAWN // 29))
    counts["1"] += DRAWN // 200  # half a percent more often
    expected = DRAWN / 29
    assert sum((counts[symbol] - expected) ** 2 / expected for symbol in ALPHABET) > CHI_SQUARE_28[1]


def test_no_symbol_can_be_taken_for_another() -> None:
    assert len(set(ALPHABET)) == 29
    assert not set(ALPHABET) & set("0OILAEU")


@given(CODES)
def test_every_wrong_symbol_and_every_swap_of_neighbours_is_noticed(code: str) -> None:
    assert mistake(code) is None
    for position, symbol in product(range(LENGTH), ALPHABET):
        changed = code[:position] + symbol + code[position + 1 :]
        assert mistake(changed) is (None if changed == code else Mistyped.CHECK)
    for position in range(LENGTH - 1):
        swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
        assert mistake(swapped) is (None if swapped == code else Mistyped.CHECK)


@given(CODES, st.sampled_from([" ", "-", ".", "\u00a0", "–", "\t", "  "]), st.booleans())
def test_however_it_is_grouped_it_is_read(code: str, separator: str, lower: bool) -> None:  # noqa: FBT001
    typed = as_printed(code).replace(" ", separator)
    assert as_typed(f" {typed.lower() if lower else typed} ") == code
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    assert as_typed(wide) == code
    assert as_typed(code.replace("1", "l")) == as_typed(code.replace("1", "I")) == code


@given(st.text(ALPHABET + ALPHABET.lower() + "ILil0Oo -–.·/\u00a0é４ｋ"))
def test_reading_twice_changes_nothing(text: str) -> None:
    assert as_typed(as_typed(text)) == as_typed(text)


@given(CODES, CODES)
def test_two_codes_are_never_read_as_one(one: str, other: str) -> None:
    assert (as_typed(one) == as_typed(other)) == (one == other)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Mistyped.EMPTY),
        (" - ", Mistyped.EMPTY),
        ("4KTT78ZDTZ6", Mistyped.LENGTH),
        ("4KTT78ZDTZ6MM", Mistyped.LENGTH),
        ("0KTT78ZDTZ6M", Mistyped.SYMBOL),
        ("OKTT78ZDTZ6M", Mistyped.SYMBOL),
        ("4KTT78ZDTZ6é", Mistyped.SYMBOL),
    ],
)
def test_what_can_be_no_code_is_told_apart(typed: str, why: Mistyped) -> None:
    assert mistake(as_typed(typed)) is why


def test_what_is_kept_is_worth_nothing_without_the_pepper(db: Session, outside: Outside) -> None:
    codes = [a_code(db, outside, a_user(db)) for _ in range(20)]
    kept = [row.hash for row in db.exec(select(UpgradeCode).order_by(UpgradeCode.id))]
    assert len({one.split("$")[4] for one in kept}) == 20  # a salt each
    assert all(one.startswith("$argon2id$v=19$") for one in kept)
    for code, one in zip(codes, kept, strict=True):
        assert verify_hash(one, peppered(code, outside.config.pepper))
        assert not verify_hash(one, peppered(code, "another pepper"))
        assert not verify_hash(one, code)
        assert extract_parameters(one).salt_len >= 16
        assert code not in "".join(kept)


def test_the_real_work_factor_is_the_one_promised() -> None:
    assert REAL_HASHES["letter code"] == {"time_cost": 1, "memory_cost": 4096, "parallelism": 1}
