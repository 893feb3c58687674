"""``python -m tests.bench [topic ...]``: each topic in a process of its own, its lines as soon as they are known."""

import logging
import os
import signal
import subprocess
import sys
import time
from importlib import import_module

from tests.bench.measuring import QUICK
from tests.browser.live import ENDING_WITH_US

TOPICS = {
    "letters": "Letters (goal 1): CPU time; the baseline is a bare, untagged write_pdf with fonts and style read once",
    "scale": "Letters in more processes, and their memory (goal 1)",
    "web": "Pages (goals 2 and 6): CPU time in process; the baseline is a bare signed-in view of the same app",
    "users": "The list of 100,000 users (goals 2, 3, 4 and 6): CPU time in process",
    "orders": "Orders for 10,000 people (goal 4): wall time",
    "tail": "The slowest answers (goal 3): HTTP, one request at a time",
    "sign_in": "Signing in (goal 5): CPU time; the baseline is one Argon2id verification (19 MiB, 2, 1)",
    "load": "Bytes (goal 7): the bodies as the server sends them to a browser that takes br and gzip",
    "jobs": "Jobs (goal 8): wall time, a worker process of its own",
}


def main(topics: list[str]) -> None:
    """Measure ``topics``; all of them, each in its own process, when none is named."""
    logging.disable(logging.INFO)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended on the way out
    if topics:
        for topic in topics:
            print(f"\n{TOPICS[topic]}")
            for line in import_module(f"tests.bench.{topic}").lines():
                print(f"  {line}", flush=True)
        return
    begun, load = time.monotonic(), os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f} at the start{', QUICK' if QUICK else ''}.", flush=True)
    if load > 1:
        print("The machine is busy: ratios of CPU time still tell, wall times do not.", flush=True)
    for topic in TOPICS:
        ended = subprocess.run([*ENDING_WITH_US, sys.executable, "-m", "tests.bench", topic], check=False)
        if ended.returncode:
            print(f"  {topic} could not be measured", flush=True)
    print(f"\n{time.monotonic() - begun:.0f} seconds")


if __name__ == "__main__":
    main(sys.argv[1:])
