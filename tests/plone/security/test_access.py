"""Who can see a document and why, and why somebody cannot."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality.audit.tables import records
from party.operations.documents import operations as documents
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.security import access
from tests.clearances import BASIS
from tests.clearances import clear
from tests.clearances import revoke
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import said
from tests.plone.rest.conftest import Session
from tests.plone.security.conftest import Browse


Be = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def letter(trusted: Office, be: Be, pdf: Callable[..., Any]) -> str:
    """A letter that the clerk registered and passed on to the leader."""
    with be("vanthu"):
        uid = documents.register_incoming(
            trusted.units["tinh"],
            [pdf()],
            title="V/v rà soát",
            type="party.cong-van",
            issuer="Ban Tổ chức",
            number_symbol="1-CV/BTC",
        ).UID()
        documents.transfer(uid, [Addressee(person=trusted.people["chuyenvien"])])
    return uid


@pytest.fixture
def secret(trusted: Office, be: Be, monkeypatch: pytest.MonkeyPatch) -> str:
    """A secret draft of the officer of the room, in a process that serves all levels."""
    monkeypatch.setattr(levels, "cap", lambda zone: levels.TOP_SECRET)
    for login in ("chuyenvien", "lanhdao"):
        clear(trusted, login, "secret")
    with be("chuyenvien"):
        return documents.create_draft(
            trusted.units["tonghop"], title="V/v bí mật", type="party.cong-van", level="secret", basis=BASIS
        ).UID()


def reads(answers: tuple[dict[str, Any], ...], office: Office) -> dict[str, str]:
    """Login and what fails of each person in an answer."""
    logins = {person: login for login, person in office.people.items()}
    return {logins[each["person"]]: each["failing"] for each in answers}


def test_the_registry_learns_who_sees_a_letter_and_why(letter: str, trusted: Office, be: Be) -> None:
    with be("vanthu"):
        found = access.explained(letter)
    assert reads(found.answers, trusted) == {"vanthu": "", "chanhvp": "", "lanhdao": "", "chuyenvien": ""}
    causes = {each["person"]: {ground["cause"] for ground in each["grounds"]} for each in found.answers}
    assert causes[trusted.people["chuyenvien"]] == {"slip"}
    assert causes[trusted.people["vanthu"]] == {"register"}


def test_everybody_may_ask_for_himself_about_what_he_reads(letter: str, trusted: Office, be: Be) -> None:
    me = trusted.people["chuyenvien"]
    with be("chuyenvien"):
        (answer,) = access.explained(letter, me).answers
        assert (answer["can"], answer["grounds"][0]["cause"]) == (True, "slip")
        with pytest.raises(Missing):
            access.explained(letter)
        with pytest.raises(Missing):
            access.explained(letter, trusted.people["vanthu"])


@pytest.mark.parametrize("login", ["vanthu.xa", "quantri"])
def test_who_does_not_read_it_learns_nothing(login: str, letter: str, trusted: Office, be: Be) -> None:
    with be(login):
        for uid in (letter, "0" * 32):
            with pytest.raises(Missing, match="There is nothing here"):
                access.explained(uid, trusted.people[login])


@pytest.mark.parametrize("login", ["coyeu", "kiemtoan"])
def test_who_watches_learns_who_and_why_and_nothing_of_the_content(
    login: str, letter: str, trusted: Office, be: Be
) -> None:
    with be(login):
        found = access.explained(letter)
    assert found.title == ""
    assert "chuyenvien" in reads(found.answers, trusted)


def test_the_first_condition_that_fails_is_named(letter: str, trusted: Office, be: Be) -> None:
    with be("coyeu"):
        (answer,) = access.explained(letter, trusted.people["vanthu.xa"]).answers
    assert answer["failing"] == "relation"
    organization.deactivate_person(trusted.people["chuyenvien"], "Nghỉ hưu")
    with be("coyeu"):
        (answer,) = access.explained(letter, trusted.people["chuyenvien"]).answers
    assert answer["failing"] == "closed"


def test_who_could_on_a_day(letter: str, trusted: Office, be: Be, time: clock.Frozen) -> None:
    first = clock.today()
    time.advance(days=5)
    with be("coyeu"):
        assert reads(access.explained(letter, day=first - timedelta(days=1)).answers, trusted) == {}
    (post,) = lookup.posts_of(trusted.people["lanhdao"])
    organization.end_post(post.id, clock.today())
    with be("coyeu"):
        assert "lanhdao" in reads(access.explained(letter, day=first).answers, trusted)
        assert "lanhdao" not in reads(access.explained(letter).answers, trusted)


def test_a_delegation_is_named(letter: str, trusted: Office, be: Be) -> None:
    with be("lanhdao"):
        organization.delegate(
            trusted.people["truongphong"], trusted.units["tinh"], "leader", clock.today(), date(2026, 12, 31), "Đi họp"
        )
    with be("coyeu"):
        (answer,) = access.explained(letter, trusted.people["truongphong"]).answers
    assert answer["can"]
    assert answer["grounds"][0]["by"].mapping["holder"] == "Lê Minh Đức"


def test_of_a_secret_the_clearance_counts_and_the_journal_knows(secret: str, trusted: Office, be: Be) -> None:
    with be("coyeu"):
        assert reads(access.explained(secret).answers, trusted) == {"chuyenvien": "", "lanhdao": ""}
    row = _clearance(trusted, "chuyenvien")
    revoke(trusted, row)
    with be("coyeu"):
        found = access.explained(secret)
    assert reads(found.answers, trusted) == {"chuyenvien": "clearance", "lanhdao": ""}
    assert found.title == ""
    with audit.database().reader.connect() as connection:
        asked = connection.execute(sa.select(records).where(records.c.action == "explain")).all()
    assert [each.actor for each in asked] == [trusted.people["coyeu"]] * 2


def test_of_a_secret_who_could_on_the_day_before_the_revocation(
    secret: str, trusted: Office, be: Be, time: clock.Frozen
) -> None:
    day = clock.today()
    time.advance(days=3)
    revoke(trusted, _clearance(trusted, "chuyenvien"))
    with be("coyeu"):
        assert reads(access.explained(secret, day=day).answers, trusted)["chuyenvien"] == ""
        assert reads(access.explained(secret).answers, trusted)["chuyenvien"] == "clearance"


def test_the_zone_and_the_key_are_named(secret: str, trusted: Office, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    def withheld(key: str) -> None:
        raise keys.Withheld

    with monkeypatch.context() as patched:
        patched.setattr(data_keys, "get", withheld)
        with be("coyeu"):
            assert set(reads(access.explained(secret).answers, trusted).values()) == {"key"}
    monkeypatch.setattr(levels, "cap", lambda zone: levels.NORMAL)
    with be("coyeu"):
        assert set(reads(access.explained(secret).answers, trusted).values()) == {"zone"}


def _clearance(office: Office, login: str) -> str:
    return clearances.of_person(office.people[login])[0].id


def test_the_page_of_a_document_says_it(browse: Browse, committed: Office, pdf: Callable[..., Any]) -> None:
    with actor.acting_as(committed.people["vanthu"]):
        uid = documents.register_incoming(
            committed.units["tinh"], [pdf()], title="V/v rà soát", type="party.cong-van", issuer="Ban Tổ chức"
        ).UID()
    transaction.commit()
    page = browse("vanthu").open(f"d/{uid}/@@access")
    assert "Lê Minh Đức" in page.text
    officer = browse("coyeu")
    page = officer.open(f"@@access-explained?object={uid}&person=lanhdao.xa")
    assert said("Nothing relates the person, a post or a delegation of his to this document.") in page.text
    assert "V/v rà soát" not in page.answer.text
    unknown = officer.open(f"@@access-explained?object={uid}&person=Ai")
    assert unknown.tree.xpath("//*[contains(@class, 'alert-danger')]")
    assert officer.open("@@access-explained").answer.status_code == 200
    other = browse("vanthu.xa")
    for path in (f"d/{uid}/@@access", f"@@access-explained?object={uid}", "@@access-explained"):
        assert other.open(path).answer.status_code == 404


def test_the_service_says_it(site: str, committed: Office, pdf: Callable[..., Any]) -> None:
    with actor.acting_as(committed.people["vanthu"]):
        uid = documents.register_incoming(
            committed.units["tinh"], [pdf()], title="V/v rà soát", type="party.cong-van", issuer="Ban Tổ chức"
        ).UID()
    transaction.commit()
    with Session(site) as session:
        session.auth = ("coyeu", PASSWORD)
        answer = session.get(f"/@access/{uid}", params={"day": "2026-11-24"})
        assert {each["full_name"] for each in answer.json()["answers"]} > {"Lê Minh Đức"}
        session.auth = ("vanthu.xa", PASSWORD)
        assert session.get(f"/@access/{uid}").status_code == 404
