"""Files of an old register: matched by name, by number, by number and year; what is wrong with one is said of that one."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from party.operations.documents.past import operations
from party.operations.documents.past import report
from party.operations.documents.past import sources
from party.operations.documents.past.store import Import
from party.operations.ledger.errors import Invalid
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import lines
from tests.plone.documents.past.conftest import said
from tests.plone.documents.past.conftest import sheet
from tests.plone.documents.past.conftest import staged


HEADINGS = (*INCOMING, "Tên tệp")


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
