"""The verb ``bin/party rotate-keys [--kek ID | --all]``: new keys, and the data keys wrapped by them (thay khoá)."""

import sys
from typing import Any

from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.confidentiality.keys import rotation
from party.operations.exportimport.progress import Progress
from party.operations.ledger import turn
from party.operations.ledger.engine import create_tables


USAGE = """usage: bin/party rotate-keys [--kek ID | --all]

  --kek ID  replace this key
  --all     replace each key that is in use
  without   go on with a rotation that was interrupted, and say what hangs on older keys"""


def main(site: Any, arguments: list[str]) -> int:
    """Begin or go on, show the progress, and say what is left; 1 when something is."""
    match arguments:
        case [] | ["--all"]:
            asked = None
        case ["--kek", kek]:
            asked = [kek]
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    create_tables()
    try:
        broken = [name for kek in _chosen(asked, bool(arguments)) for name in _rotate(kek)]
        return _report(broken)
    except keys.Withheld as withheld:
        which = withheld.facts.get("kek")
        about = f"The key {which} is withheld or unknown" if which else "The keys are not available"
        print(f"{about}. What was done is kept; run it again when the key is back.", file=sys.stderr)
        return 1


def _chosen(asked: list[str] | None, begins: bool) -> list[str]:
    """What to rotate: an interrupted rotation goes first, and is not begun again."""
    waiting = rotation.unfinished()
    if waiting and asked is None:
        print(f"Going on with the rotation of {len(waiting)} keys that was begun before.")
        return waiting
    return rotation.committed(lambda: _begin(asked)) if begins else []


def _begin(asked: list[str] | None) -> list[str]:
    with turn.turn():
        return rotation.begin(asked, actor.current())


def _rotate(kek: str) -> set[str]:
    """Rotate one KEK; returns the data keys that did not open."""
    progress, broken = Progress(f"data keys of {kek}", rotation.count(kek)), set[str]()
    for step in rotation.rotate(kek):
        if seen := min(step.seen, progress.whole - progress.done):
            # the last round looks again at what did not move
            progress.advance(seen)
        broken.update(step.broken)
    return broken


def _report(broken: list[str]) -> int:
    left = rotation.left()
    for kek, count in sorted(left.items()):
        print(f"{count} data keys are wrapped by the older key {kek}: bin/party rotate-keys --kek {kek}")
    if broken:
        print(f"{len(broken)} data keys were changed by something else and do not open: {', '.join(broken)}")
    if not left:
        print("All data keys are wrapped by keys in use.")
    return 1 if left else 0
