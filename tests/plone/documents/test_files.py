"""Files: checked before they are taken, put aside under a token nobody guesses, kept as they were uploaded."""

import hashlib
import os
import time as wall
from collections.abc import Callable
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import transaction
from zope.i18n import translate

from party.operations.confidentiality import keys
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.ledger.errors import Invalid
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import LETTER


@pytest.fixture(autouse=True)
def staging(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A staging folder of the test's own."""
    monkeypatch.setenv("PARTY_VAR", str(tmp_path))
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def stage(content: bytes, name: str) -> files.Upload:
    return files.stage(BytesIO(content), name)


def test_a_staged_file_is_found_by_its_token_with_all_that_is_known_of_it(staging: Path) -> None:
    upload = stage(A_PDF, "Công văn số 15.pdf")
    found = files.staged(upload.token)
    assert found == upload
    assert (found.filename, found.content_type, found.size) == ("Công văn số 15.pdf", "application/pdf", len(A_PDF))
    assert found.sha256 == hashlib.sha256(A_PDF).hexdigest()
    with found.open() as stream:
        assert stream.read() == A_PDF


def test_what_is_put_aside_is_read_by_who_holds_its_token_and_by_nobody_who_looks_at_the_disk(staging: Path) -> None:
    upload = stage(A_PDF, "Công văn số 15.pdf")
    lying = list(staging.iterdir())
    assert len(lying) == 2
    for path in lying:
        content = path.read_bytes()
        # neither the name nor the content of what lies there leads to the token, to the key or to what was uploaded
        for said in (
            upload.token.encode(),
            upload.key,
            A_PDF[:16],
            b"Type/Catalog",
            "Công văn".encode(),
            b"application/pdf",
        ):
            assert said not in path.name.encode() + content
        with pytest.raises(Invalid):
            files.staged(path.stem)
    assert {path.stat().st_mode & 0o077 for path in lying} == {0}


def test_what_is_put_aside_does_not_tell_its_size(staging: Path) -> None:
    sizes = {stage(A_PDF + b"x" * more, "a.pdf").path.stat().st_size for more in (0, 1, 700)}
    assert len(sizes) == 1


def test_what_was_changed_on_disk_is_not_taken(staging: Path) -> None:
    upload, other = stage(A_PDF, "a.pdf"), stage(A_PDF, "b.pdf")
    upload.path.write_bytes(other.path.read_bytes())
    with upload.open() as stream, pytest.raises(keys.Broken):
        stream.read()
    upload.path.with_suffix(".facts").write_bytes(other.path.with_suffix(".facts").read_bytes())
    with pytest.raises(Invalid):
        files.staged(upload.token)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "Trống.pdf", "Trống.pdf"),
        (b"<html>not a PDF</html>", "Giả.pdf", "Giả.pdf"),
        (b"PK\x03\x04", "Ảnh.PDF", "Ảnh.PDF"),
        (b"MZ", "cài đặt.exe", "docx"),
        (b"x", "không đuôi", "docx"),
        (b"x", ".pdf", "pdf"),
        (b"x", "pdf", "pdf"),
        (b"x", "", "docx"),
        (b"x", "thư.pdf.html", "docx"),
    ],
)
def test_what_is_no_file_of_an_office_is_refused_by_name_and_leaves_nothing_behind(
    content: bytes, name: str, words: str, staging: Path
) -> None:
    with pytest.raises(Invalid) as refused:
        stage(content, name)
    assert refused.value.field == "files"
    assert words in translate(refused.value.message, target_language="vi")
    assert list(staging.iterdir()) == []


def test_what_is_too_large_is_refused_with_the_limit_and_leaves_nothing_behind(
    staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_SIZE", 3 * 1024 * 1024)
    assert stage(b"%PDF-" + b"x" * (3 * 1024 * 1024 - 5), "Vừa.pdf").size == 3 * 1024 * 1024
    with pytest.raises(Invalid) as refused:
        stage(b"%PDF-" + b"x" * 3 * 1024 * 1024, "Lớn.pdf")
    assert "3 MB" in translate(refused.value.message, target_language="vi")
    assert len(list(staging.iterdir())) == 2


def test_a_connection_that_breaks_leaves_nothing_behind(staging: Path) -> None:
    class Broken(BytesIO):
        def read(self, *args: Any) -> bytes:
            raise OSError("the browser went away")

    with pytest.raises(OSError, match="went away"):
        files.stage(Broken(), "Dở dang.pdf")
    assert list(staging.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Co\u0302ng va\u0306n ho\u0309a to\u0302\u0301c.pdf", "Công văn hỏa tốc.pdf"),
        ("C:\\Users\\mai\\Báo cáo.PDF", "Báo cáo.PDF"),
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("a/b/Kế hoạch.docx", "Kế hoạch.docx"),
        ('Tờ "trình" <1>.pdf', "Tờ _trình_ _1_.pdf"),
        ("ngắt\r\ndòng\x00.pdf", "ngắt dòng.pdf"),
    ],
)
def test_a_name_is_kept_with_its_letters_and_without_its_path(given: str, kept: str) -> None:
    assert stage(A_PDF, given).filename == kept


def test_a_pdf_may_begin_with_something_else_as_readers_allow(staging: Path) -> None:
    assert stage(b"\xef\xbb\xbf\n" + A_PDF, "Có BOM.pdf").size


@pytest.mark.parametrize(
    "token",
    [
        "",
        "0" * 32,
        "../../etc/passwd",
        "../ledger",
        "..%2f..%2fledger",
        "/etc/passwd",
        "A" * 32,
        "0" * 31,
        "0" * 33,
        "0" * 32 + "\n",
        "0" * 32 + "\x00",
    ],
)
def test_a_token_that_was_made_up_finds_nothing(token: str, staging: Path) -> None:
    (staging.parent / "ledger.facts").write_text("{}")
    with pytest.raises(Invalid) as refused:
        files.staged(token)
    assert refused.value.field == "files"


@pytest.mark.parametrize("token", ["../secret", "*", ""])
def test_discarding_a_token_that_was_made_up_removes_nothing(token: str, staging: Path) -> None:
    (staging.parent / "secret").write_text("x")
    (staging.parent / "secret.facts").write_text("x")
    upload = stage(A_PDF, "a.pdf")
    files.discard(token)
    assert (staging.parent / "secret").exists()
    assert files.staged(upload.token)


def test_what_nobody_used_for_a_day_is_removed_and_nothing_younger(staging: Path) -> None:
    old, young = stage(A_PDF, "cũ.pdf"), stage(A_PDF, "mới.pdf")
    yesterday = wall.time() - files.STAGED_SECONDS - 60
    for path in staging.glob(f"{old.path.name}*"):
        os.utime(path, (yesterday, yesterday))
    assert files.discard_old() == 2
    assert files.staged(young.token)
    with pytest.raises(Invalid):
        files.staged(old.token)


def test_nobody_else_of_the_machine_looks_into_the_staging_folder(staging: Path) -> None:
    staging.rmdir()
    stage(A_PDF, "a.pdf")
    assert staging.stat().st_mode & 0o077 == 0


def test_what_is_kept_is_what_was_uploaded_byte_for_byte(office: Office, be: Callable[..., Any], staging: Path) -> None:
    content = A_PDF + bytes(range(256)) * 400
    with be("vanthu"):
        upload = stage(content, "Công văn.pdf")
        document = operations.register_incoming(office.units["tinh"], [upload], **LETTER)
    (kept,) = document.files()
    assert access.content_of(kept) == content
    assert kept.facts() == {
        "id": kept.id,
        "filename": "Công văn.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_a_staged_file_outlives_an_operation_that_was_refused_and_goes_when_one_is_done(
    committing_office: Office, staging: Path
) -> None:
    upload = stage(A_PDF, "Công văn.pdf")
    with pytest.raises(Invalid):
        operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER, number=-1)
    transaction.abort()
    again = files.staged(upload.token)
    document = operations.register_incoming(committing_office.units["tinh"], [again], **LETTER)
    transaction.commit()
    assert access.content_of(document.files()[0]) == A_PDF
    with pytest.raises(Invalid):
        files.staged(upload.token)
    assert list(staging.iterdir()) == []
