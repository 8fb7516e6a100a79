"""GET /@openapi: the description of all our services (mô tả giao diện), read from their registrations."""

from importlib.metadata import version
from typing import Any

from zope.component import getGlobalSiteManager

from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.shapes import Shape
from party.operations.rest.writing import address


ERROR = shapes.record(
    "Error",
    "Every error. `message` is a sentence for people in the language of the request; further facts stand beside it.",
    required=("error",),
    error={
        "type": "object",
        "required": ["type", "message"],
        "properties": {"type": shapes.text(), "message": shapes.text(), "field": shapes.text("The input at fault.")},
    },
)


def describe() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    named: dict[str, Shape] = {}
    paths: dict[str, dict[str, Any]] = {}
    for method, noun, endpoint in sorted(registered(), key=lambda each: (each[1], each[2].path, each[0])):
        path = "/".join(("", noun, endpoint.path)).rstrip("/")
        paths.setdefault(path, {})[method.lower()] = _operation(method, noun, endpoint, named)
    error = _refer(ERROR, named)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Party operations", "version": version("party.operations")},
        "servers": [{"url": address()}],
        "security": [{"basic": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(named.items())),
            "responses": {
                "Error": {"description": "Refused or failed", "content": {"application/json": {"schema": error}}}
            },
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def registered() -> list[tuple[str, str, Endpoint]]:
    """Every endpoint of every registered service, with HTTP verb and noun."""
    found = []
    for registration in getGlobalSiteManager().registeredAdapters():
        factory = registration.factory
        if isinstance(factory, type) and issubclass(factory, Service):
            noun = registration.name.rpartition("_")[2]
            found += [(factory.method, noun, endpoint) for endpoint in factory.endpoints]
    return found


def _operation(method: str, noun: str, endpoint: Endpoint, named: dict[str, Shape]) -> dict[str, Any]:
    operation: dict[str, Any] = {"summary": endpoint.summary, "tags": [noun]}
    names = [each[1:-1] for each in endpoint.path.split("/") if each.startswith("{")]
    parameters = [{"name": each, "in": "path", "required": True, "schema": {"type": "string"}} for each in names]
    parameters += [
        {"name": name, "in": "query", "schema": _refer(shape, named)}
        for name, shape in endpoint.query["properties"].items()
    ]
    if endpoint.revised:
        parameters.append({"name": "If-Match", "in": "header", "schema": {"type": "string"}})
    if parameters:
        operation["parameters"] = parameters
    body = endpoint.body_shape(method)
    if body is not None:
        required = bool(body.get("required"))
        operation["requestBody"] = {"required": required, "content": {endpoint.takes: {"schema": _refer(body, named)}}}
    elif endpoint.takes != "application/json":
        operation["requestBody"] = {"required": True, "content": {endpoint.takes: {}}}
    answer = {"description": "Done", "content": {endpoint.media_type: {"schema": _refer(endpoint.answer, named)}}}
    again = body is not None and "externalIdentifier" in body["properties"]
    statuses = (["201"] if endpoint.makes or again else []) + ([] if endpoint.makes and not again else ["200"])
    operation["responses"] = {
        **dict.fromkeys(sorted(statuses), answer),
        "default": {"$ref": "#/components/responses/Error"},
    }
    return operation


def _refer(shape: Any, named: dict[str, Shape]) -> Any:
    """``shape`` with every named shape in it replaced by a reference."""
    if isinstance(shape, list):
        return [_refer(each, named) for each in shape]
    if not isinstance(shape, dict):
        return shape
    resolved = {key: _refer(value, named) for key, value in shape.items()}
    title = shape.get("title")
    if not isinstance(title, str):
        return resolved
    named[title] = resolved
    return {"$ref": f"#/components/schemas/{title}"}


def description(call: Call) -> dict[str, Any]:
    """The description of all services as OpenAPI 3.1."""
    return describe()


class Get(Service):
    """The description."""

    endpoints = (Endpoint("", description, shapes.anything(), always_open=True),)
