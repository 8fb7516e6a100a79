"""The register over REST; the examples of docs/rest are written here."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import transaction
from plone.testing.layer import Layer

from party.operations.confidentiality import clearances
from tests.clearances import BASIS
from tests.clearances import clear
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.rest.conftest import Session
from tests.plone.rest.examples import Examples


Client = Callable[[str], Session]


@pytest.fixture
def client(site: str, committed: Office) -> Iterator[Client]:
    """A session for each login."""
    with ExitStack() as sessions:

        def log_in(login: str) -> Session:
            session = sessions.enter_context(Session(site))
            session.auth = (login, PASSWORD)
            return session

        yield log_in


@pytest.fixture
def examples(functional: Layer, committed: Office) -> Examples:
    """Keeps requests with their answers as examples of the documentation."""
    return Examples(committed, f"localhost:{functional['port']}/plone")


def test_two_systems_of_officers_clear_somebody(client: Client, committed: Office, examples: Examples) -> None:
    first, second = client("coyeu"), client("coyeu2")
    person = committed.people["lanhdao"]
    wanted = {"person": person, "kind": "secret", "until": "2027-11-24", "basis": BASIS}
    answer = first.post("/@clearances", json=wanted)
    examples("clearance-propose", answer)
    assert (answer.status_code, answer.json()["standing"]) == (201, "proposed")
    address = f"/@clearances/{answer.json()['id']}"
    assert first.post(f"{address}/confirm").status_code == 403
    answer = second.post(f"{address}/confirm")
    examples("clearance-confirm", answer)
    assert answer.json()["standing"] == "in_force"
    transaction.begin()
    assert clearances.level_of(person) == "secret"
    found = second.get("/@clearances", params={"q": "minh duc", "day": "2026-11-24"}).json()["items"]
    assert [each["person"] for each in found] == [person]
    assert second.get(address).json()["confirmed_by"] == committed.people["coyeu2"]
    answer = second.post(f"{address}/revoke", json={"reason": "Chuyển công tác"})
    examples("clearance-revoke", answer)
    assert answer.json()["standing"] == "revoked"
    transaction.begin()
    assert clearances.level_of(person) == "normal"


def test_a_proposal_is_refused(client: Client, committed: Office) -> None:
    wanted = {"person": committed.people["lanhdao"], "kind": "auditor", "basis": BASIS}
    proposed = client("coyeu").post("/@clearances", json=wanted).json()["id"]
    answer = client("coyeu2").post(f"/@clearances/{proposed}/refuse", json={"reason": "Chưa đủ căn cứ"})
    assert answer.json()["standing"] == "refused"


def test_tuyet_mat_is_refused(client: Client, committed: Office) -> None:
    wanted = {"person": committed.people["lanhdao"], "kind": "Tuyệt mật", "until": "2027-11-24", "basis": BASIS}
    assert client("coyeu").post("/@clearances", json=wanted).status_code == 400


@pytest.mark.parametrize("login", ["lanhdao", "kiemtoan", "quantri"])
def test_for_others_there_is_nothing(login: str, client: Client, committed: Office) -> None:
    clearance = clear(committed, "lanhdao", "secret")
    transaction.commit()
    other = client(login)
    wanted = {"person": committed.people["chanhvp"], "kind": "secret", "until": "2027-11-24", "basis": BASIS}
    answers = [
        other.get("/@clearances"),
        other.get(f"/@clearances/{clearance}"),
        other.get("/@clearances/0"),
        other.post("/@clearances", json=wanted),
        other.post(f"/@clearances/{clearance}/confirm"),
        other.post(f"/@clearances/{clearance}/refuse", json={"reason": "x"}),
        other.post(f"/@clearances/{clearance}/revoke", json={"reason": "x"}),
    ]
    assert {(each.status_code, each.text) for each in answers} == {(404, other.get("/@nothing-here").text)}
