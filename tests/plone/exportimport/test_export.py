"""An export may be repeated into its directory, and takes in what others do meanwhile."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import transaction
from Products.CMFPlone.Portal import PloneSite

from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.exportimport import exporting
from party.operations.exportimport import importing
from party.operations.exportimport.folder import Folder
from party.operations.ledger import items
from party.operations.ledger import turn
from tests.office import Office
from tests.plone.exportimport.test_round_trip import objects_of
from tests.plone.exportimport.test_round_trip import rows_of


def _export(site: PloneSite, path: Path) -> dict[str, int]:
    """Export, and return when each object's file was written last."""
    assert exporting.main(site, [str(path)]) == 0
    transaction.commit()
    return {each.stem: each.stat().st_ino for each in path.glob("objects/*/*.json")}


def test_what_did_not_change_is_not_written_again(
    busy_day: dict[str, str], committing_office: Office, functional_portal: PloneSite, tmp_path: Path
) -> None:
    with actor.acting_as(committing_office.people["vanthu"]):
        documents.reopen_incoming(busy_day["letter"], "Còn việc")
        documents.transfer(busy_day["letter"], [Addressee(person=committing_office.people["lanhdao"])])
    transaction.commit()
    first = _export(functional_portal, tmp_path / "export")
    assert _export(functional_portal, tmp_path / "export") == first
    with actor.acting_as(committing_office.people["lanhdao"]):
        (slip,) = [each for each in trays.tray("to_direct").rows if each.document == busy_day["letter"]]
        documents.mark_read([slip.id])
    transaction.commit()
    second = _export(functional_portal, tmp_path / "export")
    assert {uid for uid in second if second[uid] != first[uid]} == {busy_day["letter"]}


def test_what_others_change_meanwhile_is_taken_in(
    busy_day: dict[str, str],
    committing_office: Office,
    functional_portal: PloneSite,
    second_site: Callable[[], PloneSite],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "FEW", 0)
    write, written = Folder.write_object, []

    def meanwhile(folder: Folder, uid: str, content: dict[str, object]) -> None:
        write(folder, uid, content)
        written.append(uid)
        if uid == busy_day["filed"] and written.count(uid) == 1:
            documents.change_incoming(uid, title="Đổi trong khi kết xuất")
            transaction.commit()

    monkeypatch.setattr(Folder, "write_object", meanwhile)
    _export(functional_portal, tmp_path / "export")
    assert written.count(busy_day["filed"]) == 2
    expected = objects_of(functional_portal), rows_of(functional_portal)
    site = second_site()
    assert importing.main(site, [str(tmp_path / "export")]) == 0
    assert (objects_of(site), rows_of(site)) == expected
    assert access.unrestricted(busy_day["filed"]).title == "Đổi trong khi kết xuất"


def test_what_cannot_be_serialised_makes_the_export_fail(
    busy_day: dict[str, str], functional_portal: PloneSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    access.unrestricted(busy_day["letter"]).strange = {1, 2}
    transaction.commit()
    assert exporting.main(functional_portal, [str(tmp_path / "export")]) == 1
    assert busy_day["letter"] in capsys.readouterr().err
    assert Folder(tmp_path / "export").manifest is None


def test_a_row_whose_object_is_missing_makes_the_export_fail(
    busy_day: dict[str, str], functional_portal: PloneSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with turn.turn():
        items.create("f" * 32, kind="incoming", unit="", level="normal", state="received", path="/x", created_by="")
    transaction.commit()
    assert exporting.main(functional_portal, [str(tmp_path / "export")]) == 1
    assert "f" * 32 in capsys.readouterr().err
    assert Folder(tmp_path / "export").manifest is None


def test_the_files_are_for_the_one_who_runs_it_alone(
    busy_day: dict[str, str], functional_portal: PloneSite, tmp_path: Path
) -> None:
    path = tmp_path / "export"
    _export(functional_portal, path)
    for folder, _folders, names in os.walk(path):
        assert Path(folder).stat().st_mode & 0o077 == 0, folder
        for name in names:
            assert (Path(folder) / name).stat().st_mode & 0o077 == 0, name
