"""Channels that the running site itself names: every registered view and service, so that a new one is asked too."""

import json
from collections.abc import Iterator
from typing import Any

from tests.leaks.channel import Channel


#: they change the whole site when a Manager opens them, and show no document
_LEFT_ALONE = frozenset(
    [
        "plone-upgrade",
        "plone-root-logout",
        "rebuild-relations",
        "reset_dates",
        "uninstall_products",
        "upgrade_products",
        "install_products",
        "updateLinkIntegrityInformation",
        "migrate-to-emaillogin",
        "plone-restapi-upgrade-fix-ordering",
        "fix_html",
        "convert-legacy-portlets",
        "fix_collection_queries",
        "import_content",
        "import_defaultpages",
        "import_localroles",
        "import_members",
        "import_ordering",
        "logout",
        "import_portlets",
        "import_redirects",
        "import_relations",
        "import_translations",
        "install-intids.html",
        "plone.cachepurging.purge",
    ]
)

#: what a parameter of a path is filled with
_PARAMETERS = {
    "uid": "$U",
    "document": "$U",
    "file": "$F",
    "slip": "$S",
    "delivery": "$D",
    "unit": "$N",
    "person": "me",
    "tray": "to_do",
}


def channels(doors: dict[str, Any]) -> Iterator[Channel]:
    """The channels of what :func:`.inside.doors` found."""
    for name in doors["object"]:
        for place in ("$P", "d/$U"):
            yield Channel("registered", "GET", f"{place}/@@{name}")
        yield Channel("registered", "GET", f"$P/{name}")
    for name in sorted({*doors["site"], *doors["unit"]} - _LEFT_ALONE):
        if not name.startswith(("POST_", "DELETE_", "PATCH_", "PUT_")):
            yield Channel("registered on the site", "GET", f"@@{name}")
    for name in sorted({*doors["unit"]} - _LEFT_ALONE):
        if "_application_" not in name:
            yield Channel("registered on units", "GET", f"u/$N/@@{name}")
            yield Channel("registered on folders", "GET", f"$Q/@@{name}")
    for verb, noun, path, body in doors["rest"]:
        yield from _endpoint(verb, noun, path, body)


def trays(names: list[str]) -> Iterator[Channel]:
    """Each tray of the desk, as page and as service."""
    for name in names:
        yield Channel("tray", "GET", f"@@desk?tray={name}")
        yield Channel("tray", "GET", f"@desk/{name}", {"Accept": "application/json"})


def _endpoint(verb: str, noun: str, path: str, body: dict[str, Any] | None) -> Iterator[Channel]:
    parts = [_PARAMETERS.get(each[1:-1], "1") if each.startswith("{") else each for each in path.split("/")]
    address = "/".join(filter(None, (noun, *parts)))
    headers = {"Accept": "application/json"}
    if verb == "GET":
        yield Channel("service", verb, address, headers)
        return
    if not Channel("", "", address).is_about_the_document:
        return  # a decision about units and people, which an administrator may take
    headers["Content-Type"] = "application/json"
    yield Channel("service", verb, address, headers, json.dumps(body or {}, ensure_ascii=False))
    if body:
        yield Channel("service", verb, address, headers, "{}")


def sample(shape: dict[str, Any], depth: int = 0) -> Any:
    """A value of a JSON shape: required members and those that name a document."""
    if "enum" in shape:
        return shape["enum"][0]
    kind = shape.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        required = shape.get("required") or list(shape.get("properties", {}))[:1]
        return {name: sample(shape["properties"][name], depth + 1) for name in required if name in shape["properties"]}
    if kind == "array":
        return [sample(shape["items"], depth + 1)] if depth < 4 else []
    if kind in ("integer", "number"):
        return 1
    if kind == "boolean":
        return False
    return {"date": "2026-01-05", "date-time": "2026-01-05T08:00:00+07:00"}.get(shape.get("format", ""), "thử nghiệm")
