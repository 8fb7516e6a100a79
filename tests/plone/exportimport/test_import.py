"""An import begins in an empty site alone, goes on after an interruption, and leaves a site one can work in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from Products.CMFPlone.Portal import PloneSite

from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import lists
from party.operations.documents import operations as documents
from party.operations.documents.operations.restoring import COLUMNS
from party.operations.exportimport import exporting
from party.operations.exportimport import importing
from party.operations.exportimport.folder import Folder
from party.operations.ledger import turn
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import events
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import outbox
from party.operations.organization import operations as organization
from party.operations.organization.operations.restoring import OF_OBJECTS
from party.operations.organization.operations.restoring import whole
from party.operations.organization.records import Record
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.exportimport.test_round_trip import objects_of
from tests.plone.exportimport.test_round_trip import rows_of


@pytest.fixture
def export(busy_day: dict[str, str], functional_portal: PloneSite, tmp_path: Path) -> Path:
    """A finished export of the office after its busy day."""
    path = tmp_path / "export"
    assert exporting.main(functional_portal, [str(path)]) == 0
    transaction.commit()
    return path


def test_every_table_of_the_ledger_is_taken() -> None:
    taken = {*whole(), *OF_OBJECTS, *(column.table for column in COLUMNS)}
    left = {each.name for each in set(metadata.sorted_tables) - taken}
    # jobs and mails are asked for anew; who reads what, and what it is found by, follows from the rest; keys and trust do
    # not leave; files that wait to be registered stay where they were put aside, and so do old registers
    assert left == {
        "found",
        "found_texts",
        "outbox",
        "past_headings",
        "past_imports",
        "past_lines",
        "mails",
        "readers",
        "data_keys",
        "clearances",
        "clearance_seals",
        "key_rotations",
        "register_revisions",
        "staged_files",
    }


def test_an_interrupted_import_goes_on_where_it_was(
    export: Path, functional_portal: PloneSite, second_site: Callable[[], PloneSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = objects_of(functional_portal), rows_of(functional_portal)
    site = second_site()
    monkeypatch.setattr(importing, "BATCH", 10)
    read, seen = Folder.read_object, []

    def interrupted(folder: Folder, uid: str) -> Any:
        seen.append(uid)
        if len(seen) == 35:
            raise KeyboardInterrupt
        return read(folder, uid)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read_object", interrupted)
        with pytest.raises(KeyboardInterrupt):
            importing.main(site, [str(export)])
    transaction.abort()
    assert 0 < len(objects_of(site)) < len(expected[0])
    assert importing.main(site, [str(export)]) == 0
    assert (objects_of(site), rows_of(site)) == expected
    # a third time there is nothing left to do
    assert importing.main(site, [str(export)]) == 0
    assert rows_of(site) == expected[1]


def test_the_office_goes_on_working_in_the_new_site(
    export: Path,
    busy_day: dict[str, str],
    committing_office: Office,
    second_site: Callable[[], PloneSite],
    pdf: Callable[..., files.Upload],
) -> None:
    site = second_site()
    assert importing.main(site, [str(export)]) == 0
    login = {"login": "vanthu", "password": PASSWORD}
    assert site.acl_users.source_users.authenticateCredentials(login)[0] == committing_office.people["vanthu"]
    unit = committing_office.units["tinh"]
    with actor.acting_as(committing_office.people["vanthu"]):
        taken = lists.incoming_register(unit).rows
        made = documents.register_incoming(
            unit, [pdf()], title="V/v mới", type="party.cong-van", issuer="Cơ quan", number_symbol="1-CV/CQ"
        )
        (row,) = [each for each in lists.incoming_register(unit).rows if each.uid == made.UID()]
    assert row.arrival_number not in {each.arrival_number for each in taken}
    file = access.unrestricted(busy_day["letter"]).files()[0]
    assert access.content_of(file).startswith(b"%PDF")
    with actor.acting_as(committing_office.people["vanthu.xa"]):
        file = access.readable(busy_day["received"]).files()[0]
        assert file.filename.endswith("2.pdf")
        # its bytes are those of the sender's document
        assert access.content_of(file).startswith(b"%PDF")
    # what the worker had not done yet waits for it again
    waiting = {each.kind for each in outbox_rows()}
    assert waiting == {"text", "escalate"}


def outbox_rows() -> list[Any]:
    return turn.rows(sa.select(outbox).where(outbox.c.state == "waiting"))


def test_each_object_gets_an_event_of_its_own(export: Path, second_site: Callable[[], PloneSite]) -> None:
    site = second_site()
    assert importing.main(site, [str(export)]) == 0
    order = json.loads((export / "order.json").read_text())
    restored = turn.rows(sa.select(events.c.object).where(events.c.operation == "restored"))
    assert sorted(each.object for each in restored) == sorted(order)


def test_other_content_of_plone_travels_too(
    busy_day: dict[str, str], functional_portal: PloneSite, second_site: Callable[[], PloneSite], tmp_path: Path
) -> None:
    functional_portal.invokeFactory("Document", "huong-dan", title="Hướng dẫn")
    uid = functional_portal["huong-dan"].UID()
    transaction.commit()
    assert exporting.main(functional_portal, [str(tmp_path / "export")]) == 0
    transaction.commit()
    site = second_site()
    assert importing.main(site, [str(tmp_path / "export")]) == 0
    assert (site["huong-dan"].Title(), site["huong-dan"].UID()) == ("Hướng dẫn", uid)


def test_a_site_that_is_not_empty_is_left_alone(
    export: Path, functional_portal: PloneSite, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows_of(functional_portal)
    assert importing.main(functional_portal, [str(export)]) == 1
    transaction.abort()
    assert capsys.readouterr().err.strip()
    assert rows_of(functional_portal) == before


def test_a_file_that_was_damaged_is_found_before_anything_is_imported(
    export: Path, second_site: Callable[[], PloneSite], capsys: pytest.CaptureFixture[str]
) -> None:
    blob = next((export / "blobs").glob("*/*"))
    blob.write_bytes(b"something else")
    site = second_site()
    assert importing.main(site, [str(export)]) == 1
    assert blob.name in capsys.readouterr().err
    assert objects_of(site) == {}


@pytest.mark.parametrize("there", [True, False])
def test_what_is_no_finished_export_is_refused(
    second_site: Callable[[], PloneSite], tmp_path: Path, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    folder = tmp_path / "export"
    if there:
        Folder(folder).write("order.json", [])
    assert importing.main(second_site(), [str(folder)]) == 1
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("arguments", [[], ["a", "b"]])
def test_both_verbs_say_how_they_are_called(
    functional_portal: PloneSite, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (exporting.main, importing.main):
        assert verb(functional_portal, arguments) == 2
        assert "usage: bin/party" in capsys.readouterr().err


def test_nobody_restores_from_the_web(committing_office: Office) -> None:
    record = Record("IncomingDocument", "0" * 32, "x", "", {})
    with actor.acting_as(committing_office.people["quantri"]):
        for restore in (
            organization.restore_unit,
            documents.restore_register,
            documents.restore_document,
            lambda each: organization.restore_site("export", {}),
        ):
            with pytest.raises(NotAllowed):
                restore(record)
