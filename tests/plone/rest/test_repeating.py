"""A request sent twice is done once, and a change of what somebody else changed is not made."""

from typing import Any

import pytest

from tests.office import Office
from tests.plone.rest.conftest import Client


def test_a_request_under_an_identifier_is_done_once(client: Client, letter: dict[str, Any]) -> None:
    clerk = client("vanthu")
    first = clerk.post("/@incoming", json={**letter, "externalIdentifier": "a-1"})
    second = clerk.post("/@incoming", json={**letter, "externalIdentifier": "a-1"})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert first.headers["ETag"] == second.headers["ETag"]


def test_the_same_answer_comes_although_things_went_on(client: Client, letter: dict[str, Any]) -> None:
    clerk = client("vanthu")
    document = "/@documents/" + clerk.post("/@incoming", json=letter).json()["uid"]
    body = {"text": "Đã gọi điện hỏi lại.", "externalIdentifier": "c-1"}
    first = clerk.post(f"{document}/comment", json=body)
    assert clerk.post(f"{document}/finish", json={}).json()["state"] == "done"
    assert clerk.post(f"{document}/comment", json=body).json() == first.json()
    assert len(clerk.get(document).json()["comments"]) == 1


def test_an_identifier_belongs_to_one_request_of_one_person(client: Client, letter: dict[str, Any]) -> None:
    clerk, head = client("vanthu"), client("chanhvp")
    document = "/@documents/" + clerk.post("/@incoming", json={**letter, "externalIdentifier": "b-1"}).json()["uid"]
    answer = clerk.post(f"{document}/comment", json={"text": "…", "externalIdentifier": "b-1"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "externalIdentifier")
    assert head.post(f"{document}/comment", json={"text": "…", "externalIdentifier": "b-1"}).status_code == 201


def test_a_refused_request_may_be_sent_again(client: Client, letter: dict[str, Any]) -> None:
    clerk = client("vanthu")
    wrong = {**letter, "type": "party.none", "externalIdentifier": "d-1"}
    assert clerk.post("/@incoming", json=wrong).status_code == 400
    assert clerk.post("/@incoming", json={**letter, "externalIdentifier": "d-1"}).json()["arrival_number"] == 1


def test_a_new_password_is_not_remembered_for_a_repetition(client: Client, functional_office: Office) -> None:
    person = functional_office.people["chuyenvien"]
    address = f"/@people/{person}/reset-password"
    administrator = client("quantri")
    assert administrator.post(address, json={"externalIdentifier": "p-1"}).status_code == 400
    assert len(administrator.post(address, json={}).json()["password"]) >= 10


@pytest.mark.parametrize("way", ["body", "header", "weak header"])
@pytest.mark.parametrize("verb", ["finish", "comment", "transfer", "change"])
def test_a_change_of_an_older_revision_is_not_made(
    client: Client, functional_office: Office, letter: dict[str, Any], way: str, verb: str
) -> None:
    clerk = client("vanthu")
    document = "/@documents/" + clerk.post("/@incoming", json=letter).json()["uid"]
    assert clerk.post(f"{document}/change", json={"pages": 3, "revision": 2}).json()["revision"] == 3
    bodies = {
        "comment": {"text": "…"},
        "transfer": {"recipients": [{"person": functional_office.people["lanhdao"]}]},
        "change": {"pages": 4},
    }
    body, headers = bodies.get(verb, {}), {}
    if way == "body":
        body["revision"] = 2
    else:
        headers["If-Match"] = '"2"' if way == "header" else 'W/"2"'
    answer = clerk.post(f"{document}/{verb}", json=body, headers=headers)
    assert answer.status_code == 409
    assert answer.json()["error"]["type"] == "Changed"
    assert answer.json()["error"]["revision"] == 3
    after = clerk.get(document)
    assert (after.headers["ETag"], after.json()["pages"], after.json()["comments"]) == ('"3"', 3, [])
    body.pop("revision", None)
    assert clerk.post(f"{document}/{verb}", json=body, headers={"If-Match": '"3"'}).status_code == 200


def test_two_revisions_in_one_request_are_refused(client: Client, letter: dict[str, Any]) -> None:
    clerk = client("vanthu")
    document = "/@documents/" + clerk.post("/@incoming", json=letter).json()["uid"]
    answer = clerk.post(f"{document}/finish", json={"revision": 2}, headers={"If-Match": '"3"'})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "revision")
