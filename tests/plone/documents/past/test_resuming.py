"""An import that is killed again and again ends with each line once."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.documents import access
from party.operations.documents.operations import making
from party.operations.documents.past import applying
from party.operations.documents.past import operations
from party.operations.documents.past import store
from party.operations.documents.past.tables import past_lines
from party.operations.documents.tables import incoming
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.tables import numbers
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import staged


COUNT = 2_000


class Killed(BaseException):
    """As when the process is killed: nothing of ours catches it, and nothing is committed."""


@pytest.fixture
def begun(committing_office: Office) -> str:
    """An import of many lines, each tenth with a file, as it waits for the worker."""
    rows = [["02/01/2019", str(at), "Sở Nội vụ", f"{at}/SNV", "", "Báo cáo", ""] for at in range(1, COUNT + 1)]
    files = {f"{at}-2019.pdf": A_PDF for at in range(10, COUNT + 1, 10)}
    with actor.acting_as(committing_office.people["vanthu"]):
        found = operations.take_past_register(
            committing_office.units["tinh"], "incoming", sheet(INCOMING, *rows), "so.csv", [staged(archive(files))]
        )
        operations.check_past_register(found.id)
        operations.begin_past_register(found.id)
    transaction.commit()
    return found.id


def test_two_thousand_lines_come_in_once_each_though_the_worker_is_killed_again_and_again(
    begun: str, committing_office: Office, functional_portal: Any, monkeypatch: pytest.MonkeyPatch, time: clock.Frozen
) -> None:
    chance = random.Random(20_190_102)
    places = [(journal, "record"), (making, "place"), (applying.projection, "write_incoming"), (outbox, "finish")]

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **keywords: Any) -> Any:
            if chance.random() < 0.0015:
                raise Killed
            return real(*arguments, **keywords)

        return called

    for module, name in places:
        monkeypatch.setattr(module, name, dying(getattr(module, name)))
    killed = 0
    while _left(begun):
        try:
            worker.work(functional_portal)
        except Killed:
            killed += 1
            transaction.abort()
            # the job is due again when its lease is over
            time.advance(seconds=outbox.LEASE.total_seconds() + 1)
    assert killed > 5
    assert _left(begun) == 0
    states = Counter(turn.rows(sa.select(past_lines.c.state)))
    assert states == {("done",): COUNT}
    objects = {row.object for row in turn.rows(sa.select(past_lines.c.object))}
    found = turn.rows(sa.select(incoming.c.uid, incoming.c.arrival_number))
    assert {row.uid for row in found} == objects
    assert sorted(row.arrival_number for row in found) == list(range(1, COUNT + 1))
    taken = turn.rows(sa.select(numbers.c.number).where(numbers.c.state == "imported"))
    assert sorted(row.number for row in taken) == list(range(1, COUNT + 1))
    with_files = [uid for uid in objects if access.unrestricted(uid).own_files]
    assert len(with_files) == COUNT // 10
    with actor.acting_as(committing_office.people["vanthu"]):
        assert store.get(begun).state == "done"


def test_a_line_that_cannot_be_written_is_noted_after_the_last_try_and_holds_up_no_other(
    committing_office: Office, functional_portal: Any, monkeypatch: pytest.MonkeyPatch, time: clock.Frozen
) -> None:
    rows = [["02/01/2019", str(at), "Sở Nội vụ", f"{at}/SNV", "", f"Báo cáo {at}", ""] for at in range(1, 31)]
    write = applying.projection.write_incoming

    def written(document: Any, **columns: Any) -> None:
        if document.title == "Báo cáo 7":
            raise ZeroDivisionError
        write(document, **columns)

    monkeypatch.setattr(applying.projection, "write_incoming", written)
    with actor.acting_as(committing_office.people["vanthu"]):
        found = operations.take_past_register(
            committing_office.units["tinh"], "incoming", sheet(INCOMING, *rows), "so.csv"
        )
        operations.check_past_register(found.id)
        operations.begin_past_register(found.id)
    transaction.commit()
    for _try in range(outbox.MAX_ATTEMPTS - 1):
        worker.work(functional_portal)
        assert store.counts(found.id)["failed"] == 0
        time.advance(seconds=3 * 3600)
    worker.work(functional_portal)
    with actor.acting_as(committing_office.people["vanthu"]):
        counted = store.counts(found.id)
        assert (counted["done"], counted["failed"]) == (29, 1)
        (failed,) = store.lines(store.get(found.id), state="failed")
        assert (failed.row, failed.notes[0]["words"]["error"]) == (8, "ZeroDivisionError")
    uids = turn.scalar(sa.select(sa.func.count()).select_from(incoming))
    assert uids == 29


@pytest.mark.parametrize("fault", [keys.Withheld(), OSError("no space left"), RuntimeError("the server is away")])
def test_a_fault_that_passes_fails_no_line(
    fault: Exception,
    committing_office: Office,
    functional_portal: Any,
    monkeypatch: pytest.MonkeyPatch,
    time: clock.Frozen,
) -> None:
    rows = [["02/01/2019", str(at), "Sở Nội vụ", f"{at}/SNV", "", "Báo cáo", ""] for at in range(1, 4)]
    with actor.acting_as(committing_office.people["vanthu"]):
        found = operations.take_past_register(
            committing_office.units["tinh"], "incoming", sheet(INCOMING, *rows), "so.csv"
        )
        operations.check_past_register(found.id)
        operations.begin_past_register(found.id)
    transaction.commit()

    def faulty(*_arguments: Any, **_keywords: Any) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(making, "place", faulty)
        worker.work(functional_portal)
    assert (store.counts(found.id)["failed"], _left(found.id)) == (0, 3)
    time.advance(seconds=3600)
    worker.work(functional_portal)
    assert store.counts(found.id)["done"] == 3


def test_on_the_command_line_a_key_that_is_away_fails_no_line(
    committing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withheld(*_arguments: Any, **_keywords: Any) -> None:
        raise keys.Withheld

    row = ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "", "Báo cáo", ""]
    with actor.acting_as(committing_office.people["vanthu"]):
        found = operations.take_past_register(
            committing_office.units["tinh"], "incoming", sheet(INCOMING, row), "so.csv"
        )
        operations.check_past_register(found.id)
        monkeypatch.setattr(making, "place", withheld)
        with pytest.raises(keys.Withheld):
            operations.bring_in_here(found.id, None, lambda _done, _total: None)
    assert store.counts(found.id)["failed"] == 0


def _left(name: str) -> int:
    return sum(store.counts(name)[each] for each in ("taken", "warned"))
