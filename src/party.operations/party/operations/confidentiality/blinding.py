"""Blinded values (giá trị che): what must be compared but not read.

Who is named on a classified object stands in the database as a keyed digest. Only a process that has the keys can
compute it, for a person whose tokens it needs or for a column it looks something up by.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from party.operations.confidentiality import keys
from party.operations.confidentiality import levels


def blind(text: str, level: str) -> str:
    """32 hex digits for ``text`` at a classified ``level``; raises ``keys.Withheld`` without keys."""
    return _digest(_key(keys.provider(), level), text)


def at(text: str, level: str) -> str:
    """``text`` as rows of ``level`` hold it."""
    return blind(text, level) if level in levels.CLASSIFIED else text


def either(values: Iterable[str], held: Iterable[str]) -> list[str]:
    """``values`` as columns hold them: plain, and blinded at each classified level of ``held``."""
    plain = list(values)
    blinded = [blind(each, level) for level in held if level in levels.CLASSIFIED for each in plain if each]
    return [*plain, *blinded]


@lru_cache(maxsize=16)
def _key(provider: keys.KeyProvider, level: str) -> bytes:
    return provider.secret(f"blind:{level}")


@lru_cache(maxsize=100_000)
def _digest(key: bytes, text: str) -> str:
    return hashlib.blake2b(text.encode(), key=key, digest_size=16).hexdigest()
