"""Strict reading of what other systems send (đọc dữ liệu vào): the wrong type is refused with the field at fault."""

from datetime import date
from functools import cache
from json import dumps
from json import loads
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema import FormatChecker
from jsonschema import ValidationError
from jsonschema.exceptions import best_match

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.rest.shapes import Shape


_KINDS = {
    "string": _("a text"),
    "integer": _("a whole number"),
    "boolean": _("true or false"),
    "array": _("a list"),
    "object": _("an object"),
}
_FORMATS = FormatChecker(formats=["date"])


def json_object(content: bytes) -> dict[str, Any]:
    """The JSON object of a request's body; an empty body is an empty object. Raises :class:`Invalid`."""
    try:
        found = loads(content or b"{}")
    except ValueError as error:
        raise Invalid(_("The body of the request is not JSON in UTF-8.")) from error
    if not isinstance(found, dict):
        raise Invalid(_("The body of the request is not a JSON object."))
    return found


def read(value: Any, shape: Shape) -> Any:
    """``value`` with its dates as ``date``, when it has the ``shape``; otherwise :class:`Invalid` with the field."""
    problem = best_match(_validator(dumps(shape, sort_keys=True)).iter_errors(value))
    if problem is not None:
        raise _refusal(problem)
    return _converted(value, shape)


def read_query(form: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """The parameters of the address; there everything is text, and an empty one counts as left out."""
    found: dict[str, Any] = {}
    for name, value in form.items():
        if value == "":
            continue
        kind = shape["properties"].get(name, {}).get("type")
        if kind == "integer" and isinstance(value, str) and value.isdigit():
            found[name] = int(value)
        elif kind == "boolean" and value in ("0", "1", "true", "false"):
            found[name] = value in ("1", "true")
        else:
            found[name] = value
    return read(found, shape)


@cache
def _validator(shape: str) -> Draft202012Validator:
    return Draft202012Validator(loads(shape), format_checker=_FORMATS)


def _converted(value: Any, shape: Shape) -> Any:
    if isinstance(value, dict) and "properties" in shape:
        return {name: _converted(each, shape["properties"].get(name, {})) for name, each in value.items()}
    if isinstance(value, list):
        return [_converted(each, shape.get("items", {})) for each in value]
    if isinstance(value, str) and shape.get("format") == "date":
        return date.fromisoformat(value)
    # JSON Schema takes 3.0 for a whole number
    return int(value) if isinstance(value, float) and "integer" in shape.get("type", ()) else value


def _refusal(problem: ValidationError) -> Invalid:
    field = _path(problem)
    if problem.validator == "required":
        name = next(each for each in problem.validator_value if each not in problem.instance)
        return Invalid(_("“${field}” is missing.", mapping={"field": name}), _below(field, name))
    if problem.validator == "additionalProperties":
        name = sorted(set(problem.instance) - set(problem.schema["properties"]))[0]
        return Invalid(_("There is no field “${field}”.", mapping={"field": name}), _below(field, name))
    if problem.validator == "type":
        kind = problem.validator_value if isinstance(problem.validator_value, str) else problem.validator_value[0]
        words = {"field": field, "kind": _KINDS[kind]}
        return Invalid(_("“${field}” must be ${kind}.", mapping=words), field)
    if problem.validator == "format":
        return Invalid(_("“${field}” is not a date: write it as 2026-11-21.", mapping={"field": field}), field)
    if problem.validator == "enum":
        words = {"field": field, "choices": ", ".join(str(each) for each in problem.validator_value if each)}
        return Invalid(_("“${field}” is one of: ${choices}.", mapping=words), field)
    if problem.validator == "maxLength":
        words = {"field": field, "limit": problem.validator_value}
        return Invalid(_("“${field}” has at most ${limit} characters.", mapping=words), field)
    return Invalid(_("“${field}” is too small or too short.", mapping={"field": field}), field)


def _path(problem: ValidationError) -> str:
    parts = [f"[{each}]" if isinstance(each, int) else f".{each}" for each in problem.absolute_path]
    return "".join(parts).removeprefix(".")


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name
