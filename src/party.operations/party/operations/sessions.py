"""Sessions of one zone (phiên đăng nhập của một vùng): who logged in at one door is not logged in at the other.

Plone signs its session cookie with a key in the database, which both doors share. So the front gives the cookie a name of
its zone and signs it once more, with a key that only processes of the zone have.
"""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from party.operations.confidentiality import keys
from party.operations.confidentiality import levels


#: Plone's name of the cookie
COOKIE = "__ac"
_VALUE = re.compile(r'^__ac="?([^";]*)"?')


def name() -> str:
    """The name of the cookie in the browser."""
    return f"{COOKIE}_{levels.zone()}"


def given(set_cookie: str) -> str:
    """``Set-Cookie`` as the browser gets it; other cookies stay as they are."""
    found = _VALUE.match(set_cookie)
    if found is None:
        return set_cookie
    value = found[1]
    return f'{name()}="{value}.{_signature(value)}"{set_cookie[found.end() :]}'


def brought(cookies: str) -> str:
    """``Cookie`` as Plone gets it: with the session if it was begun at this door, and with no other."""
    kept = []
    for each in cookies.split(";"):
        key, _mark, value = each.strip().partition("=")
        if key == name():
            session, _dot, signature = value.strip('"').rpartition(".")
            if hmac.compare_digest(signature.encode(), _signature(session).encode()):
                kept.append(f'{COOKIE}="{session}"')
        elif key != COOKIE:
            kept.append(each.strip())
    return "; ".join(kept)


def _signature(value: str) -> str:
    return hmac.new(_key(), value.encode(), hashlib.sha256).hexdigest()


@cache
def _key() -> bytes:
    """With keys one of them; without, a random one that is kept in the folder of the zone."""
    if keys.available():
        return keys.provider().secret("session")
    path = Path(os.environ["PARTY_VAR"]) / levels.zone() / "session.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.touch(0o600)
    new.write_bytes(secrets.token_bytes(32))
    with suppress(FileExistsError):  # an earlier process, or one that began at the same time, has made it
        path.hardlink_to(new)
    new.unlink()
    return path.read_bytes()
