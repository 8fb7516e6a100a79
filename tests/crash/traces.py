"""What a process of the site does in the tests of traces: called as a client of its database."""

from io import BytesIO
from typing import Any

import transaction

from party.operations.documents import operations
from party.operations.documents.files import stage
from party.operations.finding import index
from party.operations.ledger import turn
from party.operations.organization import operations as organization


def write_letter(site: Any, word: str) -> str:
    """An open letter whose texts and file hold ``word``, changed once so that there are old revisions; its uid."""
    unit = organization.create_unit("Tỉnh uỷ thử", "provincial_committee", "").UID()
    operations.create_register(unit, "Sổ văn bản đến")
    letter = operations.register_incoming(
        unit,
        [stage(BytesIO(f"{word} nội dung tệp".encode()), f"{word}.txt")],
        title=f"{word} trích yếu",
        issuer=f"{word} nơi gửi",
        note=f"{word} ghi chú",
        type="party.cong-van",
    )
    uid: str = letter.UID()
    with turn.turn():
        index.set_text(uid, f"{word} nội dung tệp")
    transaction.commit()
    operations.change_incoming(uid, title=f"{word} trích yếu sửa")
    operations.comment(uid, f"{word} góp ý")
    transaction.commit()
    return uid


def raise_level(site: Any, uid: str) -> None:
    """Make it secret."""
    operations.raise_level(uid, "secret", reason="Phát hiện muộn", basis="Danh mục bí mật")


def read_again(site: Any, uid: str) -> list[str]:
    """Title and file of the letter, as the system reads them."""
    from party.operations.documents import access

    letter = access.readable(uid)
    return [letter.title, access.content_of(letter.files()[0]).decode()]
