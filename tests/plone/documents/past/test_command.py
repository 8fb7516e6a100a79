"""bin/party import-past: the same from the command line, taken up again where it was interrupted."""

import stat
from pathlib import Path
from typing import Any

import pytest
import transaction

from party.operations import import_past
from party.operations.confidentiality import actor
from party.operations.documents import lists
from party.operations.documents.past import operations
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import sheet


@pytest.fixture
def asked(committing_office: Office, tmp_path: Path) -> list[str]:
    """The arguments for a sheet of sixty lines with a folder of files."""
    rows = [["02/01/2019", str(at), "Sở Nội vụ", f"{at}/SNV", "", "Báo cáo", ""] for at in range(1, 61)]
    (tmp_path / "so.csv").write_bytes(sheet(INCOMING, *rows).getvalue())
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "7-2019.pdf").write_bytes(A_PDF)
    files = ["--files", str(tmp_path / "scans")]
    return [str(tmp_path / "so.csv"), "--as", "vanthu", "--unit", "A40", *files]


def test_a_sheet_is_checked_then_brought_in_and_gone_on_with(
    asked: list[str],
    committing_office: Office,
    functional_portal: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert import_past.main(functional_portal, asked) == 0
    assert "taken 60" in capsys.readouterr().out
    (report,) = tmp_path.glob("so.ket-qua-*.xlsx")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    step = operations.step

    def interrupted(*arguments: Any) -> int:
        if step(*arguments) < 40:
            raise KeyboardInterrupt
        return 40

    monkeypatch.setattr(operations, "step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_past.main(functional_portal, [*asked, "--apply"])
    transaction.abort()
    monkeypatch.setattr(operations, "step", step)
    assert import_past.main(functional_portal, [*asked, "--apply"]) == 0
    assert "done 60" in capsys.readouterr().out
    with actor.acting_as(committing_office.people["vanthu"]):
        rows, after = [], ""
        while after is not None:
            page = lists.incoming_register(committing_office.units["tinh"], after=after)
            rows, after = [*rows, *page.rows], page.following
    assert sorted(row.arrival_number for row in rows) == list(range(1, 61))


def test_it_is_not_gone_on_with_without_the_files_that_were_there_before(
    asked: list[str], functional_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_past.main(functional_portal, asked) == 0
    assert import_past.main(functional_portal, [*asked[:-2], "--apply"]) == 1
    assert "--files" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"--as": "khongco"}, 1), ({"--unit": "Z99"}, 1), ({"--as": "chuyenvien"}, 1), ({"--direction": "x"}, 2)],
)
def test_what_cannot_be_is_said(
    changed: dict[str, str],
    code: int,
    asked: list[str],
    functional_portal: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in changed.items():
        asked += [name, value]
    assert import_past.main(functional_portal, asked) == code
    assert capsys.readouterr().err
