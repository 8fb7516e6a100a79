"""`bin/party reindex` writes what is missing or wrong, and goes on where it was interrupted."""

from collections.abc import Callable
from typing import Any

import pytest
import transaction

from party.operations import reindex
from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.finding import checking
from party.operations.finding import index
from party.operations.finding.query import Query
from party.operations.finding.search import search
from party.operations.ledger import turn
from tests.office import Office
from tests.plone.documents.conftest import LETTER


@pytest.fixture
def letters(committing_office: Office, pdf: Callable[..., Upload]) -> list[str]:
    """Three open letters of the province and a secret one, in the database."""
    made = []
    for number, level in enumerate(("normal", "normal", "normal", "secret")):
        fields = {**LETTER, "title": f"Thư số {number}", "level": level, "basis": "Danh mục"}
        made.append(
            operations.register_incoming(committing_office.units["tinh"], [pdf()], confirm=True, **fields).UID()
        )
    transaction.commit()
    return made


def test_all_is_written_anew(
    letters: list[str], committing_office: Office, functional_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with turn.turn():
        checking.clear()
    transaction.commit()
    assert set(checking.wrong()) >= set(letters)
    assert reindex.main(functional_portal, []) == 0
    assert "4 documents were written" in capsys.readouterr().out
    assert list(checking.wrong()) == []
    with actor.acting_as(committing_office.people["vanthu"]):
        assert {each.uid for each in search(Query("thư số")).hits} == set(letters[:3])
    assert reindex.main(functional_portal, ["--all"]) == 0
    assert reindex.main(functional_portal, []) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "written" in line] == [
        "4 documents were written into the index.",
        "0 documents were written into the index.",
    ]
    assert reindex.main(functional_portal, ["everything"]) == 2


def test_an_interrupted_run_goes_on_where_it_was(
    letters: list[str], functional_portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindex, "BATCH", 1)
    written, seen = index.write, []

    def interrupted(uid: str, **facts: Any) -> None:
        seen.append(uid)
        if len(seen) == 3:
            raise KeyboardInterrupt
        written(uid, **facts)

    monkeypatch.setattr(index, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reindex.main(functional_portal, ["--all"])
    transaction.abort()
    assert len(list(checking.wrong())) == 2
    assert reindex.main(functional_portal, []) == 0
    assert list(checking.wrong()) == []
    assert len(seen) == 5


def test_without_keys_the_classified_wait(
    letters: list[str], functional_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.configure("none")
    try:
        assert reindex.main(functional_portal, ["--all"]) == 1
    finally:
        keys.configure(None)
    assert list(checking.wrong()) == letters[3:]
    assert "1 documents could not be opened" in capsys.readouterr().err
