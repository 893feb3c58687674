"""What is taken for a password, and why not; the estimate never takes long."""

import pytest

from webapp.accounts.common_words import COMMON
from webapp.accounts.password_strength import LOOKED_AT, Weakness, weakness

ABOUT = ("Anne", "Müller-Exemple", "anne.mueller@bakery.example", "Boulangerie du Marché SA", "Caisse Exemple")


@pytest.mark.parametrize(
    "password",
    [
        "drei gelbe Loeffel tanzen",
        "correct horse battery",
        "x7$kQp2!vL9z",
        "montagne lac neige chocolat",
        "ひらがなカタカナ漢字とかな",
    ],
)
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    assert weakness(password, ABOUT) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.TOO_SHORT),
        ("elevenchars", Weakness.TOO_SHORT),
        ("k4&" * 342, Weakness.TOO_LONG),
        ("Anne.Müller.2026", Weakness.OWN_WORDS),
        ("Anne.Mueller.2026", Weakness.OWN_WORDS),
        ("anne.muller.2026", Weakness.OWN_WORDS),
        ("BoulangerieMarché", Weakness.OWN_WORDS),
        ("bakery-bakery-1", Weakness.OWN_WORDS),
        ("PartnerWeb2026!!", Weakness.OWN_WORDS),
        ("Motdepasse2026!", Weakness.COMMON),
        ("P4ssw0rt-2026", Weakness.COMMON),
        ("Lausanne2026!!", Weakness.COMMON),
        ("Zuerich2026!!", Weakness.COMMON),
        ("Sommer2026Sommer", Weakness.COMMON),
        ("password1234", Weakness.COMMON),
        ("aaaaaaaaaaaa", Weakness.GUESSABLE),
        ("abcdefghijklmn", Weakness.GUESSABLE),
        ("kxqkxqkxqkxqkxq", Weakness.GUESSABLE),
    ],
)
def test_why_a_password_is_not_taken(password: str, why: Weakness) -> None:
    assert weakness(password, ABOUT) is why


def test_one_s_own_words_are_no_obstacle_to_a_good_one() -> None:
    assert weakness("Anne zählt drei gelbe Löffel", ABOUT) is None


@pytest.mark.parametrize("password", ["Giraffe-Brötchen-Lampe", "anne.muller.2026", "Lausanne2026!!"])
def test_only_one_s_own_words_count_as_own(password: str) -> None:
    assert weakness(password, ()) is not Weakness.OWN_WORDS


def test_the_worst_that_can_be_typed_is_read_in_few_ways() -> None:
    from zxcvbn import matching  # noqa: PLC0415 -- only what the portal has made of it

    worst = ("4@8({[<369!1|7l05$+%2" * 4)[:LOOKED_AT]
    table = matching.relevant_l33t_subtable(worst, matching.L33T_TABLE)
    assert len(matching.enumerate_l33t_subs(table)) <= 16
    assert weakness(worst, ABOUT) is None


def test_common_words_stand_once_and_in_small_letters() -> None:
    assert len(COMMON) == len(set(COMMON))
    assert all(word == word.casefold() for word in COMMON)
