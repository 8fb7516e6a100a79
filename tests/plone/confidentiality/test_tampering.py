"""Sealed things that somebody changed: each is refused with a sentence, and the journal has it."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from zope.i18n import translate

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import grants
from party.operations.confidentiality import keys
from party.operations.confidentiality import rows
from party.operations.confidentiality import tables
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.tables import items
from tests.clearances import clear
from tests.office import Office


Be = Callable[[str], Any]


@pytest.fixture
def two(office: Office, be: Be, pdf: Any) -> list[Any]:
    """Two secret letters, each passed on twice."""
    for login in ("vanthu", "lanhdao", "chanhvp"):
        clear(office, login, "secret")
    made = []
    with be("vanthu"):
        for number in (1, 2):
            letter = operations.register_incoming(
                office.units["tinh"],
                [pdf()],
                level="secret",
                title=f"Việc {number}",
                issuer="Nơi gửi",
                note=f"Ghi chú {number}",
                document_date=date(2026, 11, 20),
                type="party.cong-van",
            )
            for login in ("lanhdao", "chanhvp"):
                operations.transfer(
                    letter.UID(), [Addressee(person=office.people[login], capacity="support")], directive=f"Cho {login}"
                )
            made.append(access.unrestricted(letter.UID()))
    return made


def journalled() -> list[str]:
    with audit.database().reader.connect() as connection:
        return [each.action for each in connection.execute(sa.text("select action from records"))]


def refused(be: Be, obj: Any, field: str = "title") -> str:
    data_keys.forget()
    before = journalled().count("broken_seal")
    with be("vanthu"), pytest.raises(keys.Broken) as error:
        getattr(access.readable(obj.UID()), field)
    assert journalled().count("broken_seal") == before + 1
    return translate(error.value.message, target_language="vi")


def flip(sealed: bytes, place: int) -> bytes:
    return sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_bit_of_a_value(two: list[Any], be: Be, place: int) -> None:
    values = two[0].sealed.values
    values["title"] = flip(values["title"], place % len(values["title"]))
    assert "sửa đổi" in refused(be, two[0])


def test_a_value_moved_to_another_field(two: list[Any], be: Be) -> None:
    values = two[0].sealed.values
    values["title"], values["note"] = values["note"], values["title"]
    refused(be, two[0])
    refused(be, two[0], "note")


def test_a_value_of_another_object(two: list[Any], be: Be) -> None:
    two[0].sealed.values["title"] = two[1].sealed.values["title"]
    refused(be, two[0])


def test_the_whole_record_of_another_object(two: list[Any], be: Be) -> None:
    two[0].sealed = two[1].sealed
    refused(be, two[0])


def test_another_level_or_unit_written_on_the_object(two: list[Any], be: Be, office: Office) -> None:
    two[0].unit = office.units["tochuc"]
    refused(be, two[0])


def test_a_lower_level_written_on_the_object_shows_surrogates(two: list[Any], be: Be) -> None:
    two[0].level = "normal"
    with be("vanthu"):
        assert access.readable(two[0].UID()).title == "Văn bản mật"


@pytest.mark.parametrize("column", ["level", "unit", "object", "wrapped"])
def test_a_changed_row_of_a_data_key(two: list[Any], be: Be, column: str) -> None:
    key = two[0].sealed.key
    value: Any = flip(data_key(key).wrapped, 20) if column == "wrapped" else "top-secret"
    with turn.turn():
        turn.run(sa.update(tables.data_keys).where(tables.data_keys.c.id == key).values({column: value}))
    data_keys.forget()
    before = journalled().count("broken_seal")
    with be("vanthu"), pytest.raises(keys.Broken):
        _ = access.readable(two[0].UID()).title
    assert journalled().count("broken_seal") == before + 1


def data_key(key: str) -> Any:
    return turn.row(sa.select(tables.data_keys).where(tables.data_keys.c.id == key))


def swap_sealed(first: Any, second: Any) -> None:
    with turn.turn():
        for row, other in ((first, second), (second, first)):
            turn.run(sa.update(slips).where(slips.c.id == row.id).values(sealed=other.sealed))


@pytest.mark.parametrize("others", [False, True])
def test_sealed_rows_that_changed_places(two: list[Any], be: Be, others: bool) -> None:
    found = turn.rows(sa.select(slips).order_by(slips.c.id))
    swap_sealed(found[0], found[2] if others else found[1])
    before = journalled().count("broken_seal")
    with be("vanthu"), pytest.raises(keys.Broken):
        history.slips_of(two[0].UID())
    assert journalled().count("broken_seal") == before + 1


def test_a_changed_bit_of_a_file(two: list[Any], be: Be) -> None:
    with be("vanthu"):
        (file,) = access.readable(two[0].UID()).files()
        with two[0].blobs[file.id].open() as blob:
            raw = blob.read()
        with two[0].blobs[file.id].open("w") as blob:
            blob.write(flip(raw, 10))
        with pytest.raises(keys.Broken):
            access.content_of(file)
    assert "broken_seal" in journalled()


def test_the_file_of_another_document(two: list[Any], be: Be) -> None:
    with be("vanthu"):
        (file,), (other,) = (access.readable(each.UID()).files() for each in two)
        two[0].blobs[file.id] = two[1].blobs[other.id]
        with pytest.raises(keys.Broken):
            access.content_of(dataclasses.replace(file))


def test_a_grant_that_somebody_wrote_into_the_database_lets_nobody_in(two: list[Any], be: Be, office: Office) -> None:
    clear(office, "truongphong", "secret")
    person, obj = office.people["truongphong"], two[0]
    with turn.turn():
        turn.run(
            sa.insert(tables.grants).values(
                object=obj.UID(),
                role="Record Reader",
                token=tokens.user(person, "secret"),
                subject="",
                cause="slip",
                reference="1",
                from_day=clock.today(),
                given_at=clock.now(),
                mac="0" * 64,
            )
        )
        grants.project(obj)
    with be("truongphong"), pytest.raises(Missing):
        access.readable(obj.UID())


def test_a_withdrawn_grant_that_was_made_valid_again_in_the_database_lets_nobody_in(
    two: list[Any], be: Be, office: Office
) -> None:
    obj = two[0]
    with be("lanhdao"):
        assert access.readable(obj.UID())
    with actor.as_system(), turn.turn():
        for cause in ("slip", "register"):
            found = turn.rows(sa.select(tables.grants).where(tables.grants.c.cause == cause))
            for each in rows.rows(sa.select(tables.grants).where(tables.grants.c.id.in_([row.id for row in found]))):
                grants.apply(obj, withdraw=[grants.Withdrawal(cause, str(each.reference))])
        turn.run(sa.update(tables.grants).where(tables.grants.c.object == obj.UID()).values(withdrawn_at=None))
        grants.project(obj)
    with be("lanhdao"), pytest.raises(Missing):
        access.readable(obj.UID())


def test_a_level_changed_in_the_ledger_opens_nothing(two: list[Any], be: Be) -> None:
    with turn.turn():
        turn.run(sa.update(items).where(items.c.uid == two[0].UID()).values(level="normal", key=""))
    with be("quantri"), pytest.raises(Missing):
        access.readable(two[0].UID())
