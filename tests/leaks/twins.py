"""Two sites: one with secrets, and one where nothing was ever made and the same numbers are voided.

Whoever is not cleared gets the same bytes from both. What differs between any two sites is written alike first: ids by
what they are of, tokens and instants.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin
from urllib.parse import urlsplit

from tests.leaks.wire import JSON
from tests.leaks.wire import Person


_LINK = re.compile(r'(?:href|src|action|data-[\w-]+|"@id")\s*[:=]\s*"([^"#]+)"')
_VARYING = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{40,}|[0-9a-f]{32}|p?[0-9a-f]{16}|\d{15})(?![0-9a-f])"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?[\d.+:]*|\d\d:\d\d(?::\d\d)?"
)
#: pages that differ by themselves, and files that are the same for all sites
_SKIPPED = re.compile(
    r"/(?:logout|@@logout|\+\+|@@site-logo|favicon|@login|@openapi|robots)|\.(?:css|js|png|svg|ico|woff2?)\b"
)
#: where a person without clearance begins
_STARTS = (
    "",
    "@@desk",
    "@@registers",
    "@@registers?direction=outgoing",
    "@@organization",
    "@@search?SearchableText=van",
    "@@search?SearchableText=77",
    "@@jobs",
)
_SERVICES = (
    "@desk",
    "@deliveries",
    "@units",
    "@people",
    "@search?metadata_fields=_all",
    "@navigation",
    "@transactions",
)
#: more than anybody reaches: a shorter way would end at another page on each site
_MOST = 2000


def pages(who: Person, more: list[str]) -> dict[str, str]:
    """Every page that ``who`` reaches from the starting points and from ``more``, as ``{address: status and content}``."""
    found: dict[str, str] = {}
    waiting = [*(f"/{each}" for each in _STARTS), *(f"/{each}" for each in more)]
    while waiting and len(found) < _MOST:
        address = waiting.pop(0)
        if address in found or _SKIPPED.search(address):
            continue
        answer = who.ask("GET", address)
        text = answer.body.decode(errors="replace")
        found[address] = f"{answer.status}\n{text}"
        waiting += sorted(set(_links(who, address, text)))
    for service in (*_SERVICES, *(each for each in more if each.startswith("@") and not each.startswith("@@"))):
        answer = who.ask("GET", service, JSON)
        found[f"JSON /{service}"] = f"{answer.status}\n{answer.body.decode(errors='replace')}"
    return found


def differences(with_secrets: dict[str, str], without: dict[str, str], names: dict[str, str]) -> list[str]:
    """One line for each page that tells the two sites apart; ``names`` are uids and ids of either, each with what it is of."""
    mine, theirs = (
        {_alike(key, names): _alike(text, names) for key, text in each.items()} for each in (with_secrets, without)
    )
    lines = [f"only with secrets: {each}" for each in sorted(mine.keys() - theirs.keys())]
    lines += [f"only without: {each}" for each in sorted(theirs.keys() - mine.keys())]
    for address in sorted(mine.keys() & theirs.keys()):
        # what is found is listed in the order of the index, which is that of random ids
        one, other = (sorted(each[address].splitlines()) for each in (mine, theirs))
        if one != other:
            more, less = (sorted(set(a) - set(b))[:2] for a, b in ((one, other), (other, one)))
            lines.append(f"{address}: {more}, without {less}")
    return lines


def _links(who: Person, base: str, text: str) -> Iterator[str]:
    root = who.door.url
    for found in _LINK.findall(text):
        address = urljoin(f"{root}{base}", html.unescape(found))
        if address.startswith(root) and "came_from" not in address:
            parts = urlsplit(address)
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _alike(text: str, names: dict[str, str]) -> str:
    return _VARYING.sub(lambda match: names.get(match[0], "#"), text)
