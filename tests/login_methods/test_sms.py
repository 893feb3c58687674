"""Which telephones get a code, and how a code is read."""

from contextlib import suppress

import pytest
from flask import Flask
from wtforms import ValidationError

from tests.test_routes import ONLY_SQLITE
from webapp.login_methods.forms import DIGITS, digits
from webapp.login_methods.method import Proved
from webapp.login_methods.methods.sms import METHOD, e164, masked
from webapp.ports import Outside

SWISS = ("+41",)
MOBILE = ("72", "73", "75", "76", "77", "78", "79")  # 072 and 073 are kept for mobile networks
RIGHT = ["079 123 45 67", "+41 79 123 45 67", "0041791234567", "079/123.45-67", " 0791234567 ", "+41 (0)79 123 45 67"]
RIGHT += ["075 123 45 67", "076 123 45 67", "077 123 45 67", "078 123 45 67"]
PREMIUM = ["0900 123 456", "+41 900 123 456", "0901 123 456", "0906 123 456", "0041900123456"]
FREE = ["0800 123 456", "0840 123 456", "0842 123 456", "0844 123 456", "0848 123 456", "0878 123 456"]
FIXED = ["044 123 45 67", "+41 21 123 45 67", "032 123 45 67", "058 123 45 67", "+41 51 123 45 67"]
SHORT = ["117", "112", "1414", "1818", "074 123 45 67", "079 123 45 6", "079 123 45 678", "079", "+41", "0", ""]
FOREIGN = [
    "+423 660 12 34",
    "00423 660 12 34",
    "+49 151 12345678",
    "+33 6 12 34 56 78",
    "+39 312 345 6789",
    "+44 7911 123456",
]
FOREIGN += [
    "+1 900 123 4567",
    "+1 876 123 4567",
    "+882 16 1234567",
    "+883 5100 12345",
    "+979 123 456 789",
    "+870 773 111 632",
]
FOREIGN += [
    "+371 21 234 567",
    "+252 90 123456",
    "+53 5 1234567",
    "+7 495 1234567",
    "011 41 79 123 45 67",
]
ODD = ["tel:117", "javascript:0", "0791234567,0900123456", "sip:0791234567@evil.example", "٠٧٩", "079\u0000123"]
ODD += ["+41\n+423 660 12 34", "x" * 5000, "9" * 300, "+" * 40, "NaN", "-1", "1e9", "../079", "{number}"]


@pytest.mark.parametrize("typed", RIGHT)
def test_a_swiss_mobile_number_is_taken_however_it_is_written(typed: str) -> None:
    assert e164(typed, SWISS) in {f"+417{network}1234567" for network in range(5, 10)}


@ONLY_SQLITE
@pytest.mark.parametrize("typed", PREMIUM + FREE + FIXED + SHORT + FOREIGN + ODD)
def test_nothing_else_ever_gets_a_message(typed: str, app: Flask) -> None:
    with app.test_request_context(), pytest.raises(ValidationError) as refused:
        e164(typed, SWISS)
    assert str(refused.value)


READ_INTO = ["０７９１２３４５６７", "+41 79 123 45 67;ext=900", "tel:+41791234567", "079 123 45 67 ext. 5"]
READ_INTO += ["079 123 45 67\r\n", "+0041 79 123 45 67"]


@ONLY_SQLITE
@pytest.mark.parametrize("typed", READ_INTO)
def test_whatever_is_read_into_it_the_message_goes_to_one_swiss_mobile(typed: str, app: Flask) -> None:
    with app.test_request_context(), suppress(ValidationError):
        assert e164(typed, SWISS) == "+41791234567"


@ONLY_SQLITE
def test_a_fund_may_allow_more_countries(app: Flask) -> None:
    with app.test_request_context():
        assert e164("+423 660 234 567", ("+41", "+423")) == "+423660234567"
        with pytest.raises(ValidationError):
            e164("+43 664 1234567", ("+41", "+423"))


@ONLY_SQLITE
@pytest.mark.parametrize("network", [f"07{digit}" for digit in range(10)] + [f"0{digit}0" for digit in range(1, 10)])
def test_of_all_networks_only_the_mobile_ones(network: str, app: Flask) -> None:
    with app.test_request_context():
        try:
            assert e164(f"{network} 234 56 78", SWISS)[3:5] in MOBILE
        except ValidationError:
            assert network[1:] not in MOBILE


def test_a_code_is_read_however_it_is_grouped() -> None:
    assert {digits(typed) for typed in ("123456", "123 456", "123-456", " 1 2 3 4 5 6", "Code: 123456.")} == {"123456"}


def test_only_the_code_that_was_sent_proves(outside: Outside) -> None:
    question = {"fingerprint": outside.seal.recognise("sms code", "012345")}
    tried = ("012345", "012 345", "12345", "0123450", "", "01234", "٠١٢٣٤٥")
    proves = {typed for typed in tried if METHOD.proves({}, question, typed, outside) == Proved()}
    assert proves == {"012345", "012 345"}
    assert DIGITS == 6


def test_a_number_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert masked("+41791234567").split("\N{NO-BREAK SPACE}") == ["+41", "79", "•••", "••", "67"]
