"""Ids of rows (mã dòng): growing with time, and counting nothing.

An id that counts would tell who may see a few rows how many there are that he may not. These hold the milliseconds since
the beginning of 2025 and a random part, in 53 bits so that a browser reads them exactly.
"""

import secrets
import threading
import time


_BEGINNING = 1_735_689_600_000
_RANDOM_BITS = 12

_lock = threading.Lock()
_last = 0


def new() -> int:
    """An id above all that this process has given before."""
    global _last
    now = time.time_ns() // 1_000_000 - _BEGINNING
    with _lock:
        drawn = (now << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        _last = drawn if drawn > _last else _last + 1 + secrets.randbelow(64)
        return _last
