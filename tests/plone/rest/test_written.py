"""docs/rest.md shows the examples as they were sent and names every address; `PARTY_WRITE_DOCS=1` renews it."""

import os
import re
from typing import Any

from party.operations.rest.openapi.get import registered
from tests.plone.rest.examples import FOLDER


PAGE = FOLDER.parents[1] / "rest.md"

_EXAMPLE = re.compile(r"<!-- example: ([\w-]+) -->\n(?:\n?```http\n.*?\n```\n)?", re.DOTALL)
_ENDPOINTS = re.compile(r"<!-- endpoints -->\n(?:\n?\|.*?\|\n(?!\|))?", re.DOTALL)


def _example(found: "re.Match[str]") -> str:
    content = (FOLDER / f"{found[1]}.http").read_text(encoding="utf-8")
    return f"<!-- example: {found[1]} -->\n\n```http\n{content}```\n"


def _endpoints() -> str:
    lines = ["| | address | |", "|---|---|---|"]
    for method, noun, endpoint in sorted(registered(), key=lambda each: (each[1], each[2].path, each[0])):
        path = f"/{noun}/{endpoint.path}".rstrip("/")
        lines.append(f"| {method} | `{path}` | {endpoint.summary} |")
    return "\n".join(lines)


def test_the_page_shows_what_was_sent_and_names_every_address(functional: Any) -> None:
    stored = PAGE.read_text(encoding="utf-8")
    page = _EXAMPLE.sub(_example, stored)
    page = _ENDPOINTS.sub(lambda found: f"<!-- endpoints -->\n\n{_endpoints()}\n", page)
    if os.environ.get("PARTY_WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
        stored = page
    assert page == stored, "docs/rest.md is stale: PARTY_WRITE_DOCS=1 renews it."


def test_every_example_stands_on_the_page() -> None:
    shown = set(_EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))
    assert shown == {path.stem for path in FOLDER.glob("*.http")}
