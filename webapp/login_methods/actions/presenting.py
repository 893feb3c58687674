"""Noting which certificate was presented, in the question that waits for it; on a host where nobody is signed in."""

import secrets
from typing import Any

from sqlmodel import Session, col, update

from webapp.login_methods import queries
from webapp.login_methods.certificates import authorities, holder
from webapp.login_methods.certificates.checking import Refusal, refusal
from webapp.login_methods.models import Challenge
from webapp.ports import Outside


def present(db: Session, outside: Outside, word: str, certificate: bytes | None) -> str | None:
    """Note what was presented (DER) in the question that ``word`` is about: once, and while it waits.

    The word for the way back, by which the browser that has presented is known: whoever was only lured into presenting
    brings it to no session but their own. None when no such question waits.
    """
    asked = outside.seal.open_if_ours(word)
    if not isinstance(asked, dict) or "nonce" not in asked:
        return None
    question = db.exec(queries.QUESTION, params={"session": asked.get("session")}).first()
    kept = outside.seal.open(question.kept) if question and question.waits(outside.now()) else {}
    if question is None or kept.get("nonce") != asked["nonce"] or "noted" in kept:
        return None
    back = secrets.token_urlsafe(24)
    kept["noted"] = {"back": outside.seal.recognise("certificate", back), **_looked_at(outside, certificate)}
    unchanged = update(Challenge).where(
        col(Challenge.id) == question.id, col(Challenge.kept) == question.kept, col(Challenge.answered_at).is_(None)
    )
    noted = db.execute(unchanged.values(kept=outside.seal.close(kept))).rowcount  # type: ignore[attr-defined]
    db.commit()
    return back if noted else None


def _looked_at(outside: Outside, der: bytes | None) -> dict[str, Any]:
    """What it is, or why it does not count."""
    if der is None:
        return {"refused": Refusal.MISSING}
    config = outside.config
    try:
        certificate = holder.read(der)
    except holder.Unreadable:
        return {"refused": Refusal.UNSOUND}
    known = authorities.read(config.certificate_authorities, config.certificate_revocations)
    reason = refusal(certificate, known, outside.now(), strict=config.certificate_strict)
    if reason:
        return {"refused": reason}
    return {"sha256": holder.fingerprint(certificate), "shown_as": holder.shown_as(certificate)}
