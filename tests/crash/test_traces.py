"""After an open letter was made secret and the worker has purged, no file of the installation holds a word of it."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.stack import stack
from party.operations.text.folding import fold


WORD = "zqxvếtmực"


def places(folder: Path) -> Iterator[Path]:
    """Files below ``folder`` that hold the word in the clear, in any of the ways texts are kept, without marks as well."""
    forms = [WORD.encode(), WORD.encode("utf-16-le"), WORD.encode("unicode_escape"), fold(WORD).encode()]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and any(form in path.read_bytes() for form in forms):
            yield path.relative_to(folder)


def test_nothing_of_a_letter_that_became_secret_stays_on_the_disk() -> None:
    with stack() as site:
        uid = site.call("tests.crash.traces.write_letter", word=WORD)
        before = {path.parts[0] for path in places(site.var)}
        assert {"filestorage", "blobstorage", "ledger"} <= before
        site.call("tests.crash.traces.raise_level", uid=uid)
        site.run(str(site.home / "bin/party"), "worker", "--once")
        assert list(places(site.home)) == []
        assert site.call("tests.crash.traces.read_again", uid=uid) == [f"{WORD} trích yếu sửa", f"{WORD} nội dung tệp"]
