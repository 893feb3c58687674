"""How each method is begun and answered in tests; a method without a sample is held to what needs none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyotp import TOTP

from tests.attacks.arranging import the_code
from webapp.ports import Outside


@dataclass(frozen=True)
class Sample:
    """The form's answers, and what proves that one holds it."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    typed: Callable[[Mapping[str, Any], Outside], str] | None = None


SAMPLES = {
    "sms": Sample({"number": "079 555 01 01"}, lambda _kept, outside: the_code(outside)),
    "otp": Sample(typed=lambda kept, outside: TOTP(kept["key"]).at(outside.now().timestamp())),
    "recovery_codes": Sample(typed=lambda kept, _outside: str(kept["new"][0])),
}
ODD = [
    "",
    " ",
    "0",
    "-1",
    "000000",
    "123456",
    "12345",
    "1234567",
    "0" * 100,
    "9" * 5000,
    "NaN",
    "1e6",
    "0x1F",
    "٠١٢٣٤٥",
]
ODD += [
    "０１２３４５",
    "½²³",
    "İıſß",
    "\u202e123456",
    "\ufeff123456",
    "\ud7ff",
    "🗝" * 50,
    "é" * 300,
    "\t\n\r\v",
    "a\nb",
]
ODD += ["null", "true", "[]", "{}", '""', "[[[[", '{"', "{}}", '{"a": 1}', '{"code": null}', '{"state": []}', "1" * 400]
ODD += ['{"code": {"code": "x"}}', '{"state": "x", "code": "y"}', '{"error": "access_denied"}', '{"id": 1, "type": 2}']
ODD += ['{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}', '{"response": null, "id": ""}', "[1, 2]"]
ODD += [
    '{"id":"AA","rawId":"!!","type":"public-key","response":{"clientDataJSON":"e30","signature":"","authenticatorData":""}}'
]
ODD += [
    "' OR 1=1 --",
    "<script>1</script>",
    "{{7*7}}",
    "%s%s%n",
    "../../etc",
    "\\x00",
    "a" * 50_000,
    "=cmd|' /C calc'!A0",
]
ODD += [
    "BBBBB-BBBBB",
    "BBBBBBBBBB",
    "2222222222",
    "Z" * 10,
    "bbbbb bbbbb",
    "4KTT 78ZD TZ6M",
    "-----BEGIN CERTIFICATE-----",
]
ODD += ["eyJhbGciOiJub25lIn0.e30.", "." * 9, "eyJ", "sha256:00", "CN=Anna", "1100-1234-5678-9012", "urn:x", "https://a"]
ODD += [chr(code) * 6 for code in range(33, 80)]
