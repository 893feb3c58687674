"""What the server does beside serving."""

from types import SimpleNamespace

import pytest

from webapp import serving


def test_memory_is_settled_once_whichever_number_a_thread_meets(monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[int] = []
    worker = SimpleNamespace(nr=0, settled=False)
    monkeypatch.setattr(serving, "settle", lambda: settled.append(worker.nr))
    for worker.nr in (1, 149, 151, 150, 152, 400):
        serving.post_request(worker, None, None, None)
    assert settled == [151]
