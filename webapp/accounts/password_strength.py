"""Whether a password is hard to guess, and if not, why: the only module that knows zxcvbn."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from zxcvbn import matching, scoring

from webapp.accounts.common_words import COMMON
from webapp.accounts.folding import GERMAN, fold
from webapp.config import PASSWORD_LENGTH

LONGEST = 1024  # characters; more is not hashed
LOOKED_AT = 72  # characters that are estimated: the work grows with their square
GUESSES = 10**8  # zxcvbn's score 3; each guess costs a real hash
SHORTEST_WORD = 3
BESIDE_OWN_WORDS = 6  # letters and digits that are left without the words which count for nothing
ALWAYS = ("partnerweb", "akisnet")
BY_RULE = ("spatial", "repeat", "sequence", "date", "regex")
SIGNS_FOR_LETTERS = {"a": "4@", "b": "8", "e": "3", "g": "9", "i": "1!", "o": "0", "s": "5$", "t": "7"}
matching.L33T_TABLE.clear()  # all combinations are tried: with the longer table of zxcvbn that takes seconds
matching.L33T_TABLE.update({letter: list(signs) for letter, signs in SIGNS_FOR_LETTERS.items()})


class Weakness(StrEnum):
    """Why a password can't be taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    OWN_WORDS = "own_words"  # made of what everybody knows about the person
    COMMON = "common"  # made of words that many people take
    GUESSABLE = "guessable"  # repeats, rows of the alphabet or of the keyboard, dates
    SAME_AS_BEFORE = "same_as_before"


def weakness(password: str, own_words: Iterable[str]) -> Weakness | None:
    """Why ``password`` is no good for somebody whom ``own_words`` say something about; None when it is."""
    if len(password) < PASSWORD_LENGTH:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    own = _spelt([*ALWAYS, *own_words])
    if _without(password, own) < BESIDE_OWN_WORDS:
        return Weakness.OWN_WORDS
    estimate = _estimate(password[:LOOKED_AT], own)
    return None if estimate["guesses"] >= GUESSES else _reason(estimate["sequence"], own)


def _without(password: str, own: Iterable[str]) -> int:
    """How many letters and digits are left when one's own words are taken out, the longest first."""
    left = password.casefold()
    for word in sorted(own, key=len, reverse=True):
        left = left.replace(word, " ")
    return sum(sign.isalnum() for sign in left)


def _estimate(password: str, own: Iterable[str]) -> dict[str, Any]:
    """How many guesses it takes, and the parts that it is made of.

    Without the extra that zxcvbn adds for each part: with it any three words are strong, however common they are.
    """
    ranked = {"own": matching.build_ranked_dict(own), "common here": _common()}
    matches = matching.omnimatch(password, {**matching.RANKED_DICTIONARIES, **ranked})
    return scoring.most_guessable_match_sequence(password, matches, _exclude_additive=True)


def _reason(sequence: Iterable[Mapping[str, Any]], own: Iterable[str]) -> Weakness:
    """What most of the password is made of."""
    found: Counter[Weakness] = Counter()
    for part in sequence:
        if part["pattern"] in BY_RULE:
            found[Weakness.GUESSABLE] += len(part["token"])
        elif part["pattern"] == "dictionary":
            found[Weakness.OWN_WORDS if part["matched_word"] in own else Weakness.COMMON] += len(part["token"])
    return found.most_common(1)[0][0] if found else Weakness.COMMON


def _spelt(texts: Iterable[str]) -> dict[str, None]:
    """The words of ``texts`` as people type them: with accents, without, and müller as mueller; in their order."""
    words = (word for text in texts for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= SHORTEST_WORD)
    return dict.fromkeys(spelt for word in words for spelt in (word, fold(word), word.translate(GERMAN)))


@cache
def _common() -> dict[str, int]:
    return dict(matching.build_ranked_dict(_spelt(COMMON)))
