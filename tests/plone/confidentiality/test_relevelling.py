"""An open letter that turns out to be secret: sealed anew everywhere, and back again by two people."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.documents import access
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
def sent(office: Office, be: Be, pdf: Any) -> tuple[str, str]:
    """An open document of the province and what the commune made of it, each with a marker in its texts."""
    for login in ("vanthu", "lanhdao", "lanhdao.xa"):
        clear(office, login, "secret")
    with be("chuyenvien"):
        uid = operations.create_draft(
            office.units["tonghop"],
            [pdf()],
            title=f"{WORD} trích yếu",
            type="party.cong-van",
            recipients=[{"unit": office.units["xa"]}],
        ).UID()
        operations.comment(uid, f"{WORD} góp ý")
        operations.submit_for_review(uid, [Addressee(person=office.people["lanhdao"])])
    with be("lanhdao"):
        operations.approve(uid, f"{WORD} duyệt")
        operations.sign(uid, office.people["lanhdao"])
    with be("vanthu"):
        operations.issue(uid)
    with be("vanthu.xa"):
        received = operations.accept_delivery(trays.tray("to_receive").rows[0].id).UID()
        operations.transfer(received, [Addressee(person=office.people["lanhdao.xa"])], directive=f"{WORD} bút phê")
    return uid, received


def all_rows() -> str:
    return "\n".join(repr(each) for table in metadata.sorted_tables for each in turn.rows(sa.select(table)))


def test_raising_the_level_leaves_nothing_in_the_clear_here_or_at_the_recipients(
    office: Office, be: Be, sent: tuple[str, str]
) -> None:
    uid, received = sent
    assert WORD in all_rows()
    with be("vanthu"):
        operations.raise_level(uid, "secret", reason=f"{WORD} phát hiện muộn", basis=f"{WORD} căn cứ")
    assert WORD not in all_rows()
    for each in sent:
        assert access.unrestricted(each).title == "Văn bản mật"
    with be("chuyenvien"), pytest.raises(Missing):
        access.readable(uid)
    with be("vanthu.xa"):
        with pytest.raises(Missing):
            access.readable(received)
        assert lists.incoming_register(office.units["xa"]).rows == []
    with be("vanthu"):
        assert access.readable(uid).title == f"{WORD} trích yếu"
        assert access.content_of(access.readable(uid).files()[0]).startswith(b"%PDF")
        assert [each["text"] for each in history.comments_of(uid)] == [f"{WORD} góp ý"]
    with be("lanhdao.xa"):
        assert [each.directive for each in trays.tray("to_direct").rows] == [f"{WORD} bút phê"]
        document = access.readable(received)
        assert access.content_of(document.files()[0]).startswith(b"%PDF")
        with access.unrestricted(uid).blobs[document.files()[0].id].open() as blob:
            assert b"%PDF" not in blob.read()


def test_lowering_takes_another_person_and_brings_everything_back(
    office: Office, be: Be, sent: tuple[str, str]
) -> None:
    uid, received = sent
    with be("vanthu"):
        operations.raise_level(uid, "secret", reason="Phát hiện muộn")
        operations.propose_lower(uid, "normal", reason="Đã công bố", basis="QĐ 10-QĐ/TU")
        with pytest.raises(NotAllowed):
            operations.confirm_lower(uid)
    with be("lanhdao"):
        operations.confirm_lower(uid)
    with be("chuyenvien"):
        assert access.readable(uid).title == f"{WORD} trích yếu"
    with be("vanthu.xa"):
        document = access.readable(received)
        assert (document.level, document.issuer) == ("normal", "Tỉnh uỷ Lâm Sơn")
        assert access.content_of(document.files()[0]).startswith(b"%PDF")
        assert lists.incoming_register(office.units["xa"]).rows[0].title == f"{WORD} trích yếu"


def test_what_was_found_is_hidden_from_everybody_at_once_and_sealed_by_the_worker(
    office: Office, be: Be, sent: tuple[str, str]
) -> None:
    uid, received = sent
    with be("vanthu.xa"):
        operations.withdraw_found(received, "Có dấu Mật trên trang 2")
        with pytest.raises(Missing):
            access.readable(received)
    with be("lanhdao.xa"):
        assert trays.tray("to_direct").rows == []
    with be("chuyenvien"), pytest.raises(Missing):
        access.readable(uid)
    with actor.as_system():
        operations.seal_found(uid)
    with be("lanhdao.xa"):
        assert access.readable(received).level == "secret"
    assert access.unrestricted(received).title == "Văn bản mật"
