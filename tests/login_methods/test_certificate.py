"""What is noted of a certificate that was presented, and what it proves."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.attacks.presenting import Waiting, somebody_waits
from tests.certificates import DAY, Held, TestAuthority
from tests.twins import Clock
from webapp.config import Config
from webapp.database import create_engine
from webapp.login_methods.actions.presenting import present
from webapp.login_methods.certificates import holder
from webapp.login_methods.certificates.checking import Refusal
from webapp.login_methods.method import NotProved, Proved
from webapp.login_methods.methods.certificate import METHOD, SENTENCES
from webapp.ports import Outside

NOW = Clock().time


@pytest.fixture
def authority() -> TestAuthority:
    """Whom the fund believes."""
    return TestAuthority(NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where its files are."""
    return tmp_path / "certificates"


@pytest.fixture
def waiting(db: Session, outside: Outside, authority: TestAuthority, folder: Path) -> Waiting:
    """Somebody who is asked."""
    places = dict(zip(("certificate_authorities", "certificate_revocations"), authority.published(folder), strict=True))
    return somebody_waits(db, replace(outside, config=replace(outside.config, **places)))


def presents(waiting: Waiting, word: str, held: Held | None) -> NotProved | Proved:
    """Present, come back, and be told."""
    back = present(waiting.db, waiting.outside, word, held.der if held else None)
    return METHOD.proves({}, waiting.question, f'{{"word": "{back}"}}', waiting.outside)


def test_it_is_bound_by_its_fingerprint(waiting: Waiting, authority: TestAuthority) -> None:
    held = authority.issues()
    proof = presents(waiting, waiting.word, held)
    assert isinstance(proof, Proved)
    assert proof.kept == {"sha256": holder.fingerprint(held.certificate), "shown_as": proof.shown_as}
    waiting.is_asked_again()
    back = present(waiting.db, waiting.outside, waiting.word, authority.issues().der)  # the same name, another one
    refused = METHOD.proves(proof.kept, waiting.question, f'{{"word": "{back}"}}', waiting.outside)
    assert isinstance(refused, NotProved)
    waiting.is_asked_again()
    back = present(waiting.db, waiting.outside, waiting.word, held.der)
    assert METHOD.proves(proof.kept, waiting.question, f'{{"word": "{back}"}}', waiting.outside) == Proved()


def test_each_refusal_has_its_sentence(waiting: Waiting, authority: TestAuthority) -> None:
    assert set(SENTENCES) == set(Refusal)
    assert len({sentence._args[0] for sentence in SENTENCES.values()}) == len(Refusal)
    assert presents(waiting, waiting.word, None) == NotProved(SENTENCES[Refusal.MISSING])
    waiting.is_asked_again()
    expired = authority.issues(life=(-9 * DAY, -DAY))
    assert presents(waiting, waiting.word, expired) == NotProved(SENTENCES[Refusal.EXPIRED])
    waiting.is_asked_again()
    assert present(waiting.db, waiting.outside, waiting.word, b"") is not None
    assert waiting.question["noted"]["refused"] == Refusal.UNSOUND


def test_a_word_counts_once_while_it_is_asked_for(waiting: Waiting, authority: TestAuthority, clock: Clock) -> None:
    held, word = authority.issues(), waiting.word
    waiting.is_asked_again()
    assert present(waiting.db, waiting.outside, word, held.der) is None  # of the question before
    word = waiting.word
    assert present(waiting.db, waiting.outside, word, held.der)
    assert present(waiting.db, waiting.outside, word, held.der) is None
    word = waiting.is_asked_again().word
    clock.passes(minutes=10)
    assert present(waiting.db, waiting.outside, word, held.der) is None
    for made_up in ("", "x", word[:-2], "é", waiting.outside.seal.close({"session": waiting.session.id}).decode()):
        assert present(waiting.db, waiting.outside, made_up, held.der) is None


def test_only_the_browser_that_presented_comes_back(waiting: Waiting, authority: TestAuthority) -> None:
    """Somebody is lured into presenting for a stranger's question: the stranger does not learn the way back."""
    assert present(waiting.db, waiting.outside, waiting.word, authority.issues().der)
    for typed in ("", "{}", "[]", "null", '{"word": ""}', '{"word": null}', '{"word": "x"}', '{"word": []}'):
        assert isinstance(METHOD.proves({}, waiting.question, typed, waiting.outside), NotProved)


def test_of_many_presentations_at_once_one_is_noted(waiting: Waiting, authority: TestAuthority) -> None:
    word, held = waiting.word, [authority.issues() for _ in range(8)]
    engine = create_engine(waiting.db.get_bind().engine.url.render_as_string(hide_password=False))

    def one(own: Held) -> str | None:
        with Session(engine) as db:
            return present(db, waiting.outside, word, own.der)

    with ThreadPoolExecutor(8) as pool:
        backs = list(pool.map(one, held))
    engine.dispose()
    assert len([back for back in backs if back]) == 1


def test_it_is_offered_where_there_is_a_host_for_it(config: Config) -> None:
    assert not METHOD.offered(config)
    assert METHOD.offered(replace(config, certificate_address="https://cert.portal.example"))
