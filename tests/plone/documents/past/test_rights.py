"""Who brings an old register in, who goes on with it, and who gives it up."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations.documents import access
from party.operations.documents.past import jobs
from party.operations.documents.past import operations
from party.operations.documents.past import rules
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import outbox
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import bring_in
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import staged


def line() -> list[str]:
    return ["02/01/2019", "1", "Sở Nội vụ", "1/SNV-VP", "02/01/2019", "Công văn v/v báo cáo", ""]


@pytest.mark.parametrize("login", ["chuyenvien", "lanhdao", "vanthu.xa"])
def test_nobody_else_brings_a_register_in(login: str, office: Office, be: Be) -> None:
    with be(login), pytest.raises(NotAllowed):
        operations.take_past_register(office.units["tinh"], "incoming", sheet(INCOMING, line()), "so.csv")


def test_the_administrator_brings_in_what_he_does_not_read(office: Office, be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(INCOMING, line()), who="quantri")
    with be("vanthu"), pytest.raises(Missing):
        store.get(found.id)
    with be("quantri"):
        bring_in(found)
        (told,) = lines(found).values()
        with pytest.raises(Missing):
            access.readable(told.object)
    with be("vanthu"):
        assert access.readable(told.object).number_symbol == "1/SNV-VP"


def test_an_import_is_given_up_until_it_has_begun(be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(INCOMING, line()), staged(archive(["1-2019.pdf"])))
    with be("vanthu"):
        operations.discard_past_register(found.id)
        with pytest.raises(Missing):
            store.get(found.id)
    found = take(sheet(INCOMING, line()))
    with be("vanthu"):
        bring_in(found)
        for refused in (
            operations.discard_past_register,
            operations.check_past_register,
            operations.begin_past_register,
        ):
            with pytest.raises(NotAllowed):
                refused(found.id)


def test_the_administrator_of_the_unit_goes_on_with_an_import(
    office: Office, be: Be, take: Callable[..., Import]
) -> None:
    found = take(sheet(INCOMING, line()))
    with be("chanhvp"):
        assert store.mine() == []
    with be("quantri"):
        assert [each.id for each in store.mine()] == [found.id]
        bring_in(found)
        assert store.counts(found.id)["done"] == 1
    (job,) = turn.rows(sa.select(outbox.c.actor).where(outbox.c.kind == operations.JOB))
    assert job.actor == office.people["quantri"]


def test_who_goes_on_for_somebody_else_is_cleared_as_he_is(office: Office, be: Be, take: Callable[..., Import]) -> None:
    clear(office, "vanthu", "secret")
    found = take(sheet((*INCOMING, "Độ mật"), [*line(), "Mật"]))
    with be("quantri"):
        for refused in (operations.check_past_register, operations.begin_past_register):
            with pytest.raises(NotAllowed, match="no clearance"):
                refused(found.id)
    with be("vanthu"):
        bring_in(found)
        assert store.counts(found.id)["done"] == 1


def test_who_keeps_the_books_no_more_goes_on_with_nothing(
    be: Be, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = take(sheet(INCOMING, line()))
    with be("vanthu"):
        operations.begin_past_register(found.id)
        monkeypatch.setattr(rules, "may_import", lambda _unit: No("Not any more."))
        assert store.mine() == []
        with pytest.raises(Missing):
            jobs.bring_in(getSite(), {"import": found.id, "size": 25})
    assert store.counts(found.id)["done"] == 0
