"""The settings as the environment gives them, and what stops the start."""

from datetime import date, timedelta

import pytest

from webapp.config import Misconfigured
from webapp.environment import from_environment

PRODUCTION = {
    "PARTNERWEB_MODE": "production",
    "PARTNERWEB_ADDRESS": "https://portal.fund.example",
    "PARTNERWEB_SECRET": "a" * 32,
    "PARTNERWEB_PEPPER": "b" * 32,
    "PARTNERWEB_SEAL": "c" * 32,
    "PARTNERWEB_SMS": "http",
    "PARTNERWEB_SMS_URL": "http://127.0.0.1:13013/send",
    "PARTNERWEB_MAIL": "smtp",
}

CERTIFICATES = {
    "PARTNERWEB_CERTIFICATE_ADDRESS": "https://cert.fund.example",
    "PARTNERWEB_CERTIFICATE_FROM": "proxy",
    "PARTNERWEB_CERTIFICATE_PROXY_SECRET": "d" * 32,
    "PARTNERWEB_CERTIFICATE_AUTHORITIES": "/",
}


def test_nothing_given_is_a_development_portal():
    assert from_environment({}).development


def test_each_kind_of_setting_is_read():
    config = from_environment(
        PRODUCTION
        | {
            "PARTNERWEB_DEADLINE": "2027-06-30",
            "PARTNERWEB_QUESTION_EVERY": "14",
            "PARTNERWEB_SMS_PREFIXES": "+41, +423",
            "PARTNERWEB_LONG_SESSIONS": "no",
            "PARTNERWEB_PROXIES": "1",
            "PARTNERWEB_DATA": "/srv/portal",
            "PARTNERWEB_FUND_NUMBER": "123",
            "PARTNERWEB_FUND_NAMES_DE": "Ausgleichskasse Muster",
        }
    )
    assert config.deadline == date(2027, 6, 30)
    assert config.question_every == timedelta(days=14)
    assert config.sms_prefixes == ("+41", "+423")
    assert (config.long_sessions, config.proxies, str(config.letters)) == (False, 1, "/srv/portal/letters")
    assert (config.fund.number, config.fund.name("fr")) == ("123", "Ausgleichskasse Muster")
    assert not config.development


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"PARTNERWEB_SECRET": "short"}, "PARTNERWEB_SECRET must be set"),
        ({"PARTNERWEB_PEPPER": "a" * 32}, "three different secrets"),
        ({"PARTNERWEB_ADDRESS": "http://portal.fund.example"}, "must begin with https://"),
        ({"PARTNERWEB_SMS": "pigeon"}, "PARTNERWEB_SMS must be one of: folder, http"),
        ({"PARTNERWEB_SMS": "folder"}, "folders send nothing"),
        ({"PARTNERWEB_SMS_URL": ""}, "PARTNERWEB_SMS_URL"),
        ({"PARTNERWEB_DEADLINE": "soon"}, "PARTNERWEB_DEADLINE is 'soon'"),
        ({"PARTNERWEB_LONG_SESSIONS": "perhaps"}, "PARTNERWEB_LONG_SESSIONS is 'perhaps'"),
        ({"PARTNERWEB_CERTIFICATE_FROM": "header"}, "PARTNERWEB_CERTIFICATE_FROM must be one of: , proxy, tls"),
        (CERTIFICATES | {"PARTNERWEB_CERTIFICATE_ADDRESS": "http://cert.fund.example"}, "must be https://"),
        (CERTIFICATES | {"PARTNERWEB_CERTIFICATE_ADDRESS": "https://portal.fund.example"}, "a host or port that"),
        (CERTIFICATES | {"PARTNERWEB_CERTIFICATE_FROM": ""}, "must say who speaks TLS there"),
        (CERTIFICATES | {"PARTNERWEB_CERTIFICATE_PROXY_SECRET": "short"}, "PARTNERWEB_CERTIFICATE_PROXY_SECRET"),
        (CERTIFICATES | {"PARTNERWEB_CERTIFICATE_AUTHORITIES": "/nowhere"}, "PARTNERWEB_CERTIFICATE_AUTHORITIES"),
        (CERTIFICATES, "PARTNERWEB_CERTIFICATE_REVOCATIONS must be a file or folder that exists"),
    ],
)
def test_what_makes_no_sense_stops_the_start_with_a_sentence(wrong, named):
    with pytest.raises(Misconfigured, match=named.replace("(", r"\(")):
        from_environment(PRODUCTION | wrong)


@pytest.mark.parametrize("missing", ["SECRET", "PEPPER", "SEAL"])
def test_production_does_not_start_without_its_secrets(missing):
    with pytest.raises(Misconfigured, match=f"PARTNERWEB_{missing} must be set"):
        from_environment({key: value for key, value in PRODUCTION.items() if not key.endswith(missing)})
