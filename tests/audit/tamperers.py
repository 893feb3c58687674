"""Ways to tamper with the audit. Each changes the rows in hand and says what must be found, in which chain, and where.

Nobody here has the key, save where the name says so. Whatever is put in looks as if it were true.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from tests.audit.hand import Hand
from webapp.audit.tampering import What

Expected = set[tuple[What, int, int]]  # each of these must be found
Tamperer = Callable[[Hand], Expected]


def change(hand: Hand) -> Expected:
    """Another time, event, person or detail, or another signature."""
    at = hand.chance.choice((1, hand.at, hand.length))
    row = hand.event(at)
    others = {
        "at": row["at"] + timedelta(hours=1),
        "event": "email_changed",
        "about_id": 77,
        "by_id": None,
        "details": '{"left":3}',
        "signature": secrets.token_hex(32),
    }
    name = hand.chance.choice(sorted(others))
    row[name] = others[name]
    return {(What.CHANGED, hand.chain, at)}


def take_one_out(hand: Hand) -> Expected:
    """The events around it stay as they are."""
    at = min(hand.at, hand.length - 1)
    hand.events.remove(hand.event(at))
    return {(What.MISSING, hand.chain, at)}


def take_one_out_and_close_up(hand: Hand) -> Expected:
    """Those behind it move up."""
    at = min(hand.at, hand.length - 1)
    hand.events.remove(hand.event(at))
    hand.moves(at, -1)
    hand.end["count"] -= 1
    found = What.KEY if at == 1 else What.CHANGED  # nothing is right from the first event to the end
    return {(found, hand.chain, at)}


def swap(hand: Hand) -> Expected:
    """Two events change places, with their signatures or without."""
    one, other = sorted(hand.chance.sample(range(1, hand.length + 1), 2))
    first, second = hand.event(one), hand.event(other)
    first["position"], second["position"] = other, one
    if hand.chance.random() < 0.5:
        first["signature"], second["signature"] = second["signature"], first["signature"]
    return {(What.SWAPPED, hand.chain, one)}


def swap_neighbours(hand: Hand) -> Expected:
    """Two events that follow each other."""
    at = min(hand.at, hand.length - 1)
    first, second = hand.event(at), hand.event(at + 1)
    first["position"], second["position"] = at + 1, at
    return {(What.SWAPPED, hand.chain, at)}


def put_one_in(hand: Hand) -> Expected:
    """The others make room."""
    at = hand.at
    copied = hand.event(hand.chance.randint(1, hand.length)) | {"position": at, "about_id": 88}
    hand.moves(at - 1, 1)
    hand.events.append(copied | {"signature": secrets.token_hex(32)})
    hand.end["count"] += 1
    found = What.KEY if at == 1 else What.ADDED
    return {(found, hand.chain, at)}


def put_one_behind(hand: Hand) -> Expected:
    """After the last one."""
    at = hand.length + 1
    hand.events.append(hand.event(hand.length) | {"position": at, "signature": secrets.token_hex(32)})
    return {(What.ADDED, hand.chain, at)}


def cut_the_end(hand: Hand) -> Expected:
    """The last ones are gone."""
    return {(What.CUT, hand.chain, hand.cuts(hand.chance.randint(1, 8)))}


def cut_the_end_and_say_so(hand: Hand) -> Expected:
    """What is known of the end fits, but for its seal."""
    at = hand.cuts(hand.chance.randint(1, 8))
    hand.end.update(count=at - 1, last=hand.event(at - 1)["signature"])
    return {(What.END, hand.chain, at)}


def change_the_end(hand: Hand) -> Expected:
    """The events stay as they are."""
    name = hand.chance.choice(("count", "last", "seal"))
    hand.end[name] = hand.end["count"] + 3 if name == "count" else secrets.token_hex(32)
    return {(What.END, hand.chain, hand.length + 1)}


def take_the_end_away(hand: Hand) -> Expected:
    """Nothing is known of it any more."""
    hand.chains.remove(hand.end)
    return {(What.KEY, hand.chain, 1)}


def another_key(hand: Hand) -> Expected:
    """The key of another chain."""
    hand.end["key"] = next(row["key"] for row in hand.chains if row["chain"] != hand.chain)
    return {(What.KEY, hand.chain, 1)}


def sign_anew_without_the_key(hand: Hand) -> Expected:
    """From a place on everything fits together again, as whoever knows how it is made would do it."""
    at = max(hand.at, 2)
    hand.event(at)["about_id"] = 99
    hand.chains_anew(hashlib.sha256(b"guessed").digest(), at)
    return {(What.CHANGED, hand.chain, at)}


def sign_anew_with_the_key(hand: Hand) -> Expected:
    """Somebody has stolen the configuration; what was anchored before stands against them."""
    at = hand.chance.randint(1, hand.past.anchored[hand.chain])
    hand.event(at)["about_id"] = 99
    hand.chains_anew(hand.key(), at)
    known = hand.past.anchored_first[hand.chain]
    return {(What.REWRITTEN, hand.chain, 1 if at <= known else known + 1)}


def bring_an_older_chain_back(hand: Hand) -> Expected:
    """One chain as it truly was."""
    events, chains = hand.past.older
    hand.events = [row for row in hand.events if row["chain"] != hand.chain]
    hand.events += [dict(row) for row in events if row["chain"] == hand.chain]
    hand.end.update(next(row for row in chains if row["chain"] == hand.chain))
    return {(What.OLDER, hand.chain, hand.end["count"] + 1)}


def bring_an_older_copy_back(hand: Hand) -> Expected:
    """Everything as it truly was, from a backup."""
    hand.events, hand.chains = hand.past.older
    return {(What.OLDER, row["chain"], row["count"] + 1) for row in hand.chains}


def take_a_chain_away(hand: Hand) -> Expected:
    """As if the company had never been here."""
    hand.events = [row for row in hand.events if row["chain"] != hand.chain]
    hand.chains.remove(hand.end)
    return {(What.OLDER, hand.chain, 1)}


def move_one_to_another_chain(hand: Hand) -> Expected:
    """An event of one company becomes another's last one."""
    at = min(hand.at, hand.length - 1)
    other = hand.chance.choice([row for row in hand.chains if row["chain"] != hand.chain])
    hand.event(at).update(chain=other["chain"], position=other["count"] + 1)
    return {(What.MISSING, hand.chain, at), (What.ADDED, other["chain"], other["count"] + 1)}


WITHOUT_THE_KEY: tuple[Tamperer, ...] = (
    change, take_one_out, take_one_out_and_close_up, swap, swap_neighbours, put_one_in, put_one_behind,
    cut_the_end, cut_the_end_and_say_so, change_the_end, take_the_end_away, another_key, sign_anew_without_the_key,
    move_one_to_another_chain,
)  # fmt: skip
AGAINST_THE_ANCHORS: tuple[Tamperer, ...] = (
    sign_anew_with_the_key, bring_an_older_chain_back, bring_an_older_copy_back, take_a_chain_away,
)  # fmt: skip
TAMPERERS = (*WITHOUT_THE_KEY, *AGAINST_THE_ANCHORS)
