"""The secrets of the demonstration: every state is there, for those who may see it; and none where there are no keys."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import levels
from party.operations.confidentiality import monitor
from party.operations.confidentiality import tables
from party.operations.documents import access
from party.operations.documents import trays
from party.operations.documents.operations.levels import proposal_of
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items


Accounts = list[dict[str, str]]
Be = Callable[[str], AbstractContextManager[None]]


def classified() -> list[str]:
    """uids of what is classified."""
    return [row.uid for row in turn.rows(sa.select(items.c.uid).where(items.c.level != levels.NORMAL))]


class TestWithKeys:
    def test_secrets_and_top_secrets_stand_in_many_states(self, accounts: Accounts) -> None:
        rows = turn.rows(sa.select(items.c.level, items.c.state).where(items.c.level != levels.NORMAL))
        assert {row.level for row in rows} == set(levels.CLASSIFIED)
        assert {row.state for row in rows} == {"draft", "in_review", "issued", "registered", "in_progress"}
        assert Counter(row.level for row in rows)[levels.TOP_SECRET] >= 3

    def test_a_level_is_decided_in_some_and_proposed_in_others(self, accounts: Accounts) -> None:
        with actor.as_system():
            found = [access.readable(uid).classification for uid in classified()]
        assert Counter(bool(each.decided_by) for each in found)[False] >= 2
        assert Counter(bool(each.decided_by) for each in found)[True] >= 5
        assert all(each.basis for each in found)

    def test_one_is_proposed_for_declassification(self, accounts: Accounts, be: Be) -> None:
        with be("lanhdao.thainguyen"):
            asked = [proposal_of(uid) for uid in classified()]
        (proposed,) = filter(None, asked)
        assert proposed.level == levels.NORMAL

    @pytest.mark.parametrize(
        ("login", "tray", "title"),
        [
            ("chuyenvien.tonghop.thainguyen", "my_drafts", "V/v bố trí xe và nơi nghỉ phục vụ đoàn khách"),
            ("chanhvp.thainguyen", "to_review", "Thay khoá mã trên các đường truyền của tỉnh"),
            ("lanhdao.thainguyen", "to_decide_level", "V/v bố trí xe và nơi nghỉ phục vụ đoàn khách"),
            ("lanhdao.thainguyen", "to_direct", "V/v đường truyền dự phòng giữa Trung ương và tỉnh"),
            ("truongphong.tonghop.thainguyen", "to_do", "Thủ đoạn giả mạo thư điện tử của cơ quan đảng"),
            ("truongban.btc.thainguyen", "for_information", "Thủ đoạn giả mạo thư điện tử của cơ quan đảng"),
            (
                "vanthu.thainguyen",
                "level_changed",
                "V/v cập nhật danh mục địa chỉ máy chủ của các tỉnh uỷ, thành uỷ",
            ),
        ],
    )
    def test_people_who_are_cleared_find_their_work(
        self, accounts: Accounts, be: Be, login: str, tray: str, title: str
    ) -> None:
        with be(login):
            assert title in {row.title for row in trays.tray(tray).rows}

    def test_a_plan_waits_in_one_unit_and_is_dealt_with_in_another(self, accounts: Accounts, be: Be) -> None:
        plan = f"Diễn tập ứng phó sự cố an toàn thông tin năm {clock.today().year}"
        with be("vanthu.btc.thainguyen"):
            assert plan in {row.title for row in trays.tray("to_receive").rows}
        with be("vanthu.tanlap"):
            (slip,) = (row for row in trays.tray("to_do").rows if row.title == plan)
        assert "không sao gửi" in slip.directive

    @pytest.mark.parametrize(
        "login",
        ["vanthu2.thainguyen", "chuyenvien2.tonghop.thainguyen", "chuyenvien.tanlap", "vanthu.danang", "coyeu1.tw"],
    )
    def test_who_is_not_cleared_reads_none_of_it(self, accounts: Accounts, be: Be, login: str) -> None:
        secret = set(classified())
        with be(login):
            assert not monitor.readable_among(secret)

    def test_trust_is_shared_among_two_officers_and_an_auditor(self, accounts: Accounts) -> None:
        rows = clearances.register()
        kinds = Counter(row.kind for row in rows if row.kind in clearances.OFFICES)
        assert kinds == {clearances.OFFICER: 2, clearances.AUDITOR: 1}
        assert [row.kind for row in rows if row.state == clearances.PROPOSED] == [levels.SECRET]
        assert not clearances.verify()

    def test_the_accounts_to_try_say_who_is_cleared(self, accounts: Accounts) -> None:
        roles = {each["login"]: each["role"] for each in accounts}
        assert roles["vanthu.thainguyen"] == "Văn thư Tỉnh uỷ (tiếp cận Tối mật)"
        assert roles["vanthu.danang"] == "Văn thư Thành uỷ"
        assert {"coyeu1.tw", "coyeu2.tw", "kiemtoan.tw"} <= roles.keys()


class TestWithoutKeys:
    def test_the_demonstration_has_no_secrets_and_nobody_to_guard_them(self, accounts_without_keys: Accounts) -> None:
        assert not classified()
        assert turn.scalar(sa.select(sa.func.count()).select_from(tables.data_keys)) == 0
        assert turn.scalar(sa.select(sa.func.count()).select_from(tables.clearances)) == 0
        logins = {each["login"] for each in accounts_without_keys}
        assert "vanthu.thainguyen" in logins
        assert "coyeu1.tw" not in logins
