"""Finding over REST."""

from typing import Any

from tests.plone.rest.conftest import Client
from tests.plone.rest.examples import Examples


def test_a_letter_is_found_by_who_may_read_it(client: Client, letter: dict[str, Any], examples: Examples) -> None:
    clerk, stranger = client("vanthu"), client("vanthu.xa")
    made = clerk.post("/@incoming", json=letter).json()["uid"]
    answer = clerk.get("/@find", params={"q": "nhiem vu “trọng tâm”", "unit": "A40", "kind": "incoming"})
    examples("find", answer)
    assert [each["uid"] for each in answer.json()["items"]] == [made]
    answer = clerk.get("/@suggest", params={"q": "156"})
    examples("suggest", answer)
    assert [each["text"] for each in answer.json()["items"]] == ["15671-CV/VPTW"]
    found = stranger.get("/@find", params={"q": "15671"}).json()
    assert (found["items"], found["total"], found["facets"]["unit"]) == ([], 0, [])
    assert stranger.get("/@suggest", params={"q": "156"}).json() == {"items": []}


def test_what_is_asked_wrongly_is_refused(client: Client) -> None:
    clerk = client("vanthu")
    assert clerk.get("/@suggest").status_code == 400
    for asked in ({"since": "24/11/2026"}, {"order": "best"}, {"colour": "red"}, {"size": 0}, {"after": "x"}):
        assert clerk.get("/@find", params=asked).status_code == 400, asked
    assert clerk.get("/@find", params={"unit": "A99"}).status_code == 404
    assert client("").get("/@find", params={"q": "a"}).status_code == 401
