"""GET /@audit: the journal, for auditors."""

from typing import Any

from party.operations.confidentiality.audit.reading import Line
from party.operations.organization import lookup
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.security import audit


LINE = shapes.record(
    "AuditRecord",
    required=("at", "person", "action", "outcome", "objects", "facts", "zone", "stream", "seq"),
    at=shapes.instant(),
    person=shapes.text("Id of who did it; empty for somebody who was not logged in."),
    name=shapes.text("The person's full name."),
    login=shapes.text(),
    action=shapes.text("Such as reveal, download, change_level, login_failed."),
    outcome=shapes.text("done or refused."),
    objects=shapes.many(shapes.text(), "Ids of what it was about."),
    facts=shapes.mapping(shapes.anything(), "More, by name; ids, words of the system and numbers only."),
    zone=shapes.text("wan or internet."),
    stream=shapes.text("The process that wrote it."),
    seq=shapes.whole("Number of the record in its stream.", least=1),
)
LIST = shapes.record(
    "AuditRecordList",
    required=("items", "after"),
    items=shapes.many(LINE),
    after=shapes.or_null(shapes.text("Send it along for the next page; null on the last one.")),
)
QUERY = shapes.record(
    since=shapes.day("First day."),
    until=shapes.day("Last day."),
    person=shapes.text("Id, login or part of the name.", longest=200),
    action=shapes.text(longest=40),
    object=shapes.text("Id of an object.", longest=64),
    outcome=shapes.text(longest=20),
    zone=shapes.text(longest=10),
    after=shapes.text("From the page before.", longest=100),
)


def search(call: Call) -> dict[str, Any]:
    """Records of the journal, newest first; asking is recorded too."""
    audit.check_auditor()
    filters = {name: value for name, value in call.query.items() if name != "after"}
    found = audit.page(audit.wanted(**filters), call.query.get("after", ""))
    people = {each.actor for each in found.rows}
    names, logins = lookup.names(people), lookup.logins(people)
    return {"items": [_line(each, names, logins) for each in found.rows], "after": found.following}


def _line(line: Line, names: dict[str, str], logins: dict[str, str]) -> dict[str, Any]:
    return {
        "at": line.at,
        "person": line.actor,
        "name": names.get(line.actor, ""),
        "login": logins.get(line.actor, ""),
        "action": line.action,
        "outcome": line.outcome,
        "objects": list(line.objects),
        "facts": line.facts,
        "zone": line.zone,
        "stream": line.stream,
        "seq": line.seq,
    }


class Get(Service):
    """Reads the journal."""

    endpoints = (Endpoint("", search, LIST, query=QUERY),)
