"""Files of an old register: matched by name, by number, by number and year; what is wrong with one is said of that one."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import transaction

from party.operations.documents import files as document_files
from party.operations.documents.past import applying
from party.operations.documents.past import operations
from party.operations.documents.past import report
from party.operations.documents.past import sources
from party.operations.documents.past.store import Import
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import said
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import staged


HEADINGS = (*INCOMING, "Tên tệp")
CLASSIFIED = (*INCOMING, "Phân loại")


def line(number: str, symbol: str, file: str = "", arrived: str = "02/01/2019") -> list[str]:
    return [arrived, number, "Sở Nội vụ", symbol, "", "Báo cáo năm", "", file]


def given(found: Import) -> dict[int, list[str]]:
    return {row: [name for _source, name in each.files] for row, each in lines(found).items()}


def why(found: Import) -> dict[str, str]:
    return {name: kept["id"] for name, kept in found.facts["loose"]}


def test_files_are_matched_by_name_then_by_symbol_then_by_number_and_year(be: Be, take: Callable[..., Import]) -> None:
    files = archive(
        ["Quét/Công văn A.PDF", "B2.pdf", "234_SNV-VP.pdf", "15671-CV_VPTW ve bao cao.pdf", "den/2019/4.pdf"]
    )
    found = take(
        sheet(
            HEADINGS,
            line("1", "1/X", r"D:\scan\công văn a.pdf; b2"),
            line("2", "234/SNV-VP"),
            line("3", "15671-CV/VPTW"),
            line("4", "4/Y"),
        ),
        staged(files),
    )
    with be("vanthu"):
        assert given(found) == {
            2: ["Quét/Công văn A.PDF", "B2.pdf"],
            3: ["234_SNV-VP.pdf"],
            4: ["15671-CV_VPTW ve bao cao.pdf"],
            5: ["den/2019/4.pdf"],
        }
        assert found.facts["loose"] == []


def test_what_fits_no_line_or_two_is_told_and_given_to_none(be: Be, take: Callable[..., Import]) -> None:
    files = archive(["7-CV_TU.pdf", "a/9-2019.pdf", "b/9-2019.pdf", "lạc.pdf"])
    found = take(
        sheet(
            HEADINGS,
            line("1", "7-CV/TU"),
            line("2", "7-CV/TU"),
            line("9", "9/X"),
            line("10", "10/X", "thiếu.pdf"),
        ),
        staged(files),
    )
    with be("vanthu"):
        assert not any(given(found).values())
        told = lines(found)
        assert "fits line ${lines} as well" in said(told[2])
        assert "Several files fit this line" in said(told[4])
        assert "is not among the files" in said(told[5])
        assert why(found) == {
            "7-CV_TU.pdf": "It fits several lines: ${lines}.",
            "a/9-2019.pdf": "Several files fit line ${line}.",
            "b/9-2019.pdf": "Several files fit line ${line}.",
            "lạc.pdf": "It fits no line.",
        }


def test_what_an_archive_may_not_hold_is_refused_file_by_file(be: Be, take: Callable[..., Import]) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {
            "../../etc/1-2019.pdf": A_PDF,
            "2-2019.exe": b"MZ",
            "3-2019.pdf": b"<html>",
            "4-2019.pdf": b"",
            "5-2019.pdf": b"%PDF-" + bytes(20 * 1024 * 1024),
            "6-2019.pdf": A_PDF,
            "in/7-2019.zip": b"PK",
            "__MACOSX/6-2019.pdf": b"x",
        }.items():
            packed.writestr(name, content)
    found = take(
        sheet(HEADINGS, *(line(str(number), f"{number}/X") for number in range(1, 8))),
        staged(BytesIO(target.getvalue())),
    )
    with be("vanthu"):
        assert given(found) == {**{key: [] for key in range(2, 9)}, 7: ["6-2019.pdf"]}
        told = why(found)
        assert "leads out of the archive" in told["../../etc/1-2019.pdf"]
        assert "of a kind that is not taken" in told["2-2019.exe"]
        assert "is no PDF" in told["3-2019.pdf"]
        assert "empty" in told["4-2019.pdf"]
        assert "far larger than it seems" in told["5-2019.pdf"]
        assert "of a kind" in told["in/7-2019.zip"]
        assert "__MACOSX/6-2019.pdf" not in told
        assert all(text for _name, text in report.loose_files(found))


def test_a_locked_file_of_an_archive_is_told() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("1.pdf", A_PDF)
    content = bytearray(target.getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = sources.Archive(BytesIO(bytes(content)), "a.zip")
    assert found.names() == []
    assert "locked with a password" in found.problems()[0][1]


def test_an_archive_that_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 100)
    with pytest.raises(Invalid, match="was not opened"):
        sources.Archive(archive(["1.pdf"]), "a.zip")
    with pytest.raises(Invalid, match="damaged"):
        sources.Archive(BytesIO(b"PK\x03\x04"), "a.zip")


def test_names_in_the_letters_of_windows_are_read() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("Cong van so 1 Đ.pdf", A_PDF)
    content = target.getvalue().replace("Đ".encode(), b"\xd0\x20")
    content = content.replace(b"\x00\x08", b"\x00\x00")
    names = sources.Archive(BytesIO(content), "a.zip").names()
    assert names == ["Cong van so 1 Đ .pdf"]


def test_links_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.pdf").write_bytes(A_PDF)
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "1.pdf").write_bytes(A_PDF)
    (folder / "2.pdf").symlink_to(tmp_path / "outside.pdf")
    (folder / "3.exe").write_bytes(b"MZ")
    found = sources.Folder(folder)
    assert found.names() == ["1.pdf"]
    assert [name for name, _why in found.problems()] == ["3.exe"]


def test_files_are_added_afterwards(be: Be, take: Callable[..., Import]) -> None:
    found = take(sheet(HEADINGS, line("1", "1/X")))
    with be("vanthu"):
        operations.add_past_files(found.id, [staged(BytesIO(A_PDF), "1-2019.pdf")])
        again = operations.check_past_register(found.id)
        assert given(again) == {2: ["1-2019.pdf"]}


def marked(number: str, level: str) -> list[str]:
    return ["02/01/2019", number, "Sở Nội vụ", f"{number}/SNV-VP", "", "Báo cáo năm", "", level]


def after_commit() -> None:
    """What is discarded once the transaction of the test is committed, which it never is."""
    for hook, uploads, _named in transaction.get().getAfterCommitHooks():
        if hook is applying._discard:
            hook(True, *uploads)


def is_there(token: str) -> bool:
    try:
        document_files.staged(token)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize("heading", ["Độ mật", "Phân loại"])
def test_files_of_lines_that_may_not_be_here_are_not_named_and_not_kept(
    heading: str, office: Office, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    alone = staged(BytesIO(A_PDF), "2_SNV-VP.pdf")
    mixed = staged(archive(["1_SNV-VP.pdf", "3_SNV-VP.pdf"]))
    rows = (marked("1", ""), marked("2", "C"), marked("3", "A"))
    with be("vanthu"):
        taken = operations.take_past_register(
            office.units["tinh"], "incoming", sheet((*INCOMING, heading), *rows), "so.csv", [alone, mixed]
        )
        mapping = {**taken.facts["mapping"], heading: "level"}
        found = operations.check_past_register(taken.id, mapping)
        assert given(found) == {2: ["1_SNV-VP.pdf"], 3: [], 4: []}
        assert lines(found)[2].files == [(0, "1_SNV-VP.pdf")]
        assert found.facts["tokens"] == [mixed.token]
        assert "2_SNV" not in str(found.facts)
        assert "3_SNV" not in str(found.facts)
        removed, left = found.facts["loose"]
        assert ("were removed" in removed[1]["id"], removed[1]["words"]["count"]) == (True, "1")
        assert ("Give this import up" in left[1]["id"], left[1]["words"]["count"]) == (True, "1")
    assert is_there(alone.token)
    after_commit()
    assert (is_there(alone.token), is_there(mixed.token)) == (False, True)


def test_a_file_whose_line_is_not_understood_yet_is_not_taken_for_one_that_may_not_be_here(
    office: Office, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    ours, theirs = staged(BytesIO(A_PDF), "1_SNV-VP.pdf"), staged(BytesIO(A_PDF), "2_SNV-VP.pdf")
    rows = (["2/1", *marked("1", "")[1:]], marked("2", "C"))
    with be("vanthu"):
        taken = operations.take_past_register(
            office.units["tinh"], "incoming", sheet(CLASSIFIED, *rows), "so.csv", [ours, theirs]
        )
        mapping = {**taken.facts["mapping"], "Phân loại": "level"}
        found = operations.check_past_register(taken.id, mapping)
        assert found.facts["tokens"] == [ours.token]
        assert given(operations.check_past_register(taken.id, mapping, 2019)) == {2: ["1_SNV-VP.pdf"], 3: []}


def test_a_file_that_fits_a_line_that_may_not_be_here_is_given_to_no_other(
    office: Office, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    rows = (marked("1", ""), [*marked("1", "C")[:5], "Báo cáo khác", "", "C"])
    with be("vanthu"):
        taken = operations.take_past_register(
            office.units["tinh"],
            "incoming",
            sheet(CLASSIFIED, *rows),
            "so.csv",
            [staged(archive(["1_SNV-VP.pdf"]))],
        )
        found = operations.check_past_register(taken.id, {**taken.facts["mapping"], "Phân loại": "level"})
        assert given(found) == {2: [], 3: []}
        assert "1_SNV-VP.pdf" not in str(found.facts) + str([vars(each) for each in lines(found).values()])


def test_files_beside_a_sheet_must_be_there_when_it_is_brought_in(
    be: Be, take: Callable[..., Import], tmp_path: Path
) -> None:
    (tmp_path / "1-2019.pdf").write_bytes(A_PDF)
    found = take(sheet(HEADINGS, line("1", "1/X")), beside=tmp_path)
    with be("vanthu"):
        assert given(found) == {2: ["1-2019.pdf"]}
        with pytest.raises(NotAllowed, match="--files"):
            operations.begin_past_register(found.id)
        with pytest.raises(NotAllowed, match="--files"):
            operations.bring_in_here(found.id, None, lambda _done, _total: None)
        again = operations.check_past_register(found.id)
        assert operations.begin_past_register(again.id).state == "running"


def test_files_of_an_import_that_is_given_up_are_there_until_that_is_committed(
    be: Be, take: Callable[..., Import]
) -> None:
    upload = staged(archive(["1-2019.pdf"]))
    found = take(sheet(HEADINGS, line("1", "1/X")), upload)
    with be("vanthu"):
        operations.discard_past_register(found.id)
    assert is_there(upload.token)
    after_commit()
    assert not is_there(upload.token)
