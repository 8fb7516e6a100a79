"""docs/policy.md is written from the policy table; `PARTY_WRITE_DOCS=1` renews it."""

import os
from pathlib import Path

from party.operations.documents.policy import RELATIONS
from party.operations.documents.policy import VERBS


PAGE = Path(__file__).parents[2] / "docs" / "policy.md"

_HEAD = """# Who may do what to a document

Written from `party/operations/documents/policy.py` by a test. An empty last column means that the state stays.
"""


def _page() -> str:
    lines = [_HEAD, "| relation | who |", "|---|---|"]
    lines += [f"| `{name}` | {label} |" for name, label in RELATIONS.items()]
    for portal_type, verbs in VERBS.items():
        lines += [
            "",
            f"## {portal_type}",
            "",
            "| verb | label | in the states | by | leads to |",
            "|---|---|---|---|---|",
        ]
        for name, verb in verbs.items():
            states, relations = ", ".join(verb.states), ", ".join(verb.relations)
            lines.append(f"| `{name}` | {verb.label} | {states} | {relations} | {verb.target} |")
    return "\n".join(lines) + "\n"


def test_the_page_is_the_table():
    if os.environ.get("PARTY_WRITE_DOCS"):
        PAGE.write_text(_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == _page()
