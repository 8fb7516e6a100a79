"""The description at /@openapi is made from what is registered, and every operation has its endpoint."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from party.operations.documents import operations as documents
from party.operations.organization import operations as organization
from party.operations.security import operations as security
from tests.plone.rest.conftest import Client


PACKAGE = Path(documents.__file__).parents[2]


def test_the_description_names_every_path_and_refers_to_nothing_unknown(client: Client) -> None:
    description = client("vanthu").get("/@openapi").json()
    assert description["openapi"] == "3.1.0"
    paths = description["paths"]
    assert {"/@incoming", "/@documents/{uid}/transfer", "/@units/{unit}/routes", "/@openapi"} <= set(paths)
    text = str(description)
    for kind, name in re.findall(r"#/components/(\w+)/(\w+)", text):
        assert name in description["components"][kind]
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for path, methods in paths.items():
        for operation in methods.values():
            assert operation["summary"], path
            named = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            assert "default" in operation["responses"]


@pytest.mark.parametrize("operations", [organization, documents, security], ids=lambda each: each.__name__)
def test_every_operation_is_called_by_an_endpoint(operations: object) -> None:
    area = operations.__name__.split(".")[2]
    called = set()
    for source in (PACKAGE / area / "services").rglob("*.py"):
        called |= set(re.findall(r"operations\.(\w+)", source.read_text(encoding="utf-8")))
    # those of the command line and of the worker, and what a person sets for his screens
    inner = {
        name
        for name in operations.__all__
        if name.startswith("restore_") or name in ("appoint_first_officers", "note_export", "remember", "seal_found")
    }
    assert set(operations.__all__) - inner - called == set()
