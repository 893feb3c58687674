"""How hard a text is to read: LIX, and its longest sentence. 40 is plain; official letters often reach 60."""

import re
from html import unescape

BLOCK_END = re.compile(r"</(p|li|h\d|dt|dd|summary|td|th|title)>")
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[^\W_][\w’'-]*")
SENTENCE_END = re.compile(r"[.!?:;]+\s")


def words_of(html: str) -> str:
    """What is read of ``html``; each block ends a sentence."""
    return unescape(TAG.sub(" ", BLOCK_END.sub(". ", html)))


def sentences(text: str) -> list[str]:
    """The sentences that hold a word."""
    return [sentence for sentence in SENTENCE_END.split(text) if WORD.search(sentence)]


def lix(text: str) -> float:
    """Words a sentence, plus the share of words longer than six letters in per cent (Björnsson 1968)."""
    words = WORD.findall(text)
    long_words = [word for word in words if len(word) > 6]
    return len(words) / len(sentences(text)) + 100 * len(long_words) / len(words)


def longest_sentence(text: str) -> int:
    """Its number of words."""
    return max(len(WORD.findall(sentence)) for sentence in sentences(text))
