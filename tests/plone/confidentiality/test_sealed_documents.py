"""A document that is secret from its first word: everybody concerned works with it, and nothing of it is in the clear."""

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from Acquisition import aq_base

from party.operations.confidentiality.base import SURROGATE
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import metadata
from tests.clearances import clear
from tests.office import Office


Be = Callable[[str], Any]
WORD = "zqxbiểuđồ"


@pytest.fixture
def cleared(office: Office) -> Office:
    """Those of the province who work with secrets, and the clerk and leader of a commune."""
    for login in ("vanthu", "lanhdao", "chuyenvien", "truongphong", "vanthu.xa", "lanhdao.xa"):
        clear(office, login, "secret")
    return office


@pytest.fixture
def draft(cleared: Office, be: Be, pdf: Callable[..., files.Upload]) -> Any:
    """A secret draft with a marker in every text."""
    with be("chuyenvien"):
        return operations.create_draft(
            cleared.units["tonghop"],
            [pdf(f"{WORD} tệp.pdf")],
            level="secret",
            basis=f"{WORD} căn cứ",
            title=f"{WORD} trích yếu",
            type="party.cong-van",
            note=f"{WORD} ghi chú",
            pages=1,
            recipients=[{"unit": cleared.units["xa"]}, {"name": f"{WORD} nơi nhận"}],
        )


def stored(obj: Any) -> bytes:
    """What the database writes of an object and of the objects it is made of."""
    raw = aq_base(obj)
    parts = [raw.__getstate__(), raw.sealed.__getstate__(), raw.sealed.values.__getstate__()]
    return b"".join(
        pickle.dumps(dict(part), protocol=4) if isinstance(part, dict) else repr(part).encode() for part in parts
    )


def all_rows() -> str:
    return "\n".join(repr(each) for table in metadata.sorted_tables for each in turn.rows(sa.select(table)))


def test_a_secret_draft_goes_its_whole_way(cleared: Office, be: Be, draft: Any) -> None:
    uid, people = draft.UID(), cleared.people
    with be("chuyenvien"):
        assert trays.counts()["my_drafts"] == 1
        assert trays.tray("my_drafts").rows[0].title == f"{WORD} trích yếu"
        operations.comment(uid, f"{WORD} góp ý")
        operations.submit_for_review(uid, [Addressee(person=people["truongphong"])], comment=f"{WORD} trình")
    with be("truongphong"):
        assert [each.uid for each in trays.tray("to_review").rows] == [uid]
        operations.approve(uid, f"{WORD} duyệt")
    with be("lanhdao"):
        with pytest.raises(NotAllowed, match="only proposed"):
            operations.sign(uid, people["lanhdao"])
        assert [each.uid for each in trays.tray("to_decide_level").rows] == [uid]
        operations.decide_level(uid, "secret", basis=f"{WORD} danh mục")
        operations.sign(uid, people["lanhdao"], title=f"{WORD} chức danh")
    with be("vanthu"):
        assert [each.uid for each in trays.tray("to_issue").rows] == [uid]
        operations.issue(uid)
        assert lists.outgoing_register(cleared.units["tinh"]).rows[0].title == f"{WORD} trích yếu"
    with be("vanthu.xa"):
        waiting = trays.tray("to_receive").rows
        assert [each.title for each in waiting] == [f"{WORD} trích yếu"]
        received = operations.accept_delivery(waiting[0].id, pages_seen=1)
        assert received.level == "secret"
        assert access.content_of(received.files()[0]).startswith(b"%PDF")
        slips = operations.transfer(
            received.UID(), [Addressee(person=people["lanhdao.xa"])], directive=f"{WORD} bút phê"
        )
    with be("lanhdao.xa"):
        assert [each.directive for each in trays.tray("to_direct").rows] == [f"{WORD} bút phê"]
        operations.complete_slip(slips[0], f"{WORD} kết quả")
        assert history.slips_of(received.UID())[0]["outcome"] == f"{WORD} kết quả"
        assert any(WORD in repr(each["details"]) for each in history.events(received.UID()))
    assert WORD not in all_rows()
    for each in (uid, received.UID()):
        obj = access.unrestricted(each)
        assert obj.title == SURROGATE
        assert WORD.encode() not in stored(obj)


@pytest.mark.parametrize("login", ["chanhvp", "vanthu.tc", "quantri", "lanhdao.xa"])
def test_who_has_no_clearance_or_no_relation_sees_nothing_of_it(
    cleared: Office, be: Be, draft: Any, login: str
) -> None:
    with be(login):
        with pytest.raises(Missing):
            access.readable(draft.UID())
        assert not any(trays.counts().values())


def test_a_clearance_that_was_never_given_lets_nobody_make_a_secret(office: Office, be: Be) -> None:
    with be("chuyenvien"), pytest.raises(NotAllowed):
        operations.create_draft(office.units["tonghop"], level="secret", title="Một việc", type="party.cong-van")


def test_a_file_of_a_secret_lies_sealed(draft: Any, cleared: Office, be: Be) -> None:
    with be("chuyenvien"):
        (file,) = access.readable(draft.UID()).files()
        with access.unrestricted(draft.UID()).blobs[file.id].open() as blob:
            raw = blob.read()
        assert b"%PDF" not in raw
        assert len(raw) > file.size
        assert access.content_of(file).startswith(b"%PDF")


def test_a_secret_that_arrives_is_registered_among_all_others(cleared: Office, be: Be, pdf: Any) -> None:
    with be("vanthu"):
        letter = operations.register_incoming(
            cleared.units["tinh"],
            [pdf()],
            level="secret",
            title=f"{WORD} đến",
            issuer="Bộ Quốc phòng",
            number_symbol="12/BQP-M",
            document_date=date(2026, 11, 20),
            type="party.cong-van",
        )
        assert [each.title for each in lists.incoming_register(cleared.units["tinh"], text=WORD).rows] == [
            f"{WORD} đến"
        ]
        with pytest.raises(Exception, match="seems to be here already"):
            operations.register_incoming(
                cleared.units["tinh"],
                title="Trùng",
                issuer="Bộ Quốc phòng",
                number_symbol="12/BQP-M",
                document_date=date(2026, 11, 20),
                type="party.cong-van",
            )
    assert letter.level == "secret"
    with be("chanhvp"):
        assert lists.incoming_register(cleared.units["tinh"]).rows == []
