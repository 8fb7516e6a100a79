"""The demonstration as a whole: it is built once for this class, in an empty ledger."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations import demo
from party.operations.confidentiality import actor
from party.operations.demo import letters
from party.operations.demo.organization import ARRIVALS
from party.operations.demo.organization import DEEP
from party.operations.demo.organization import PETITIONS
from party.operations.demo.organization import WITHOUT_CLERK
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import trays
from party.operations.documents.operations.registers import registers
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import routes
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import FUNCTIONS
from tests.plone.demo.conftest import PASSWORD


Accounts = list[dict[str, str]]


def codes_of_kind(kind: str) -> list[str]:
    rows = turn.rows(sa.select(units.c.uid).where(units.c.kind == kind).order_by(units.c.tree_order))
    return [lookup.codes_of(row.uid)[0].value for row in rows]


def uid(code: str) -> str:
    return lookup.unit_by_code(code).uid


class TestDemonstration:
    def test_there_are_12_central_bodies_and_63_provincial_committees_in_their_order(self, accounts: Accounts) -> None:
        assert codes_of_kind("central_body") == [f"A{number:02}" for number in range(1, 13)]
        assert codes_of_kind("provincial_committee") == [f"A{number}" for number in range(21, 84)]
        names = [row.title for row in lookup.search_units(kinds=("provincial_committee",), limit=100)]
        assert names[0] == "Tỉnh uỷ An Giang"
        assert names.index("Thành uỷ Đà Nẵng") == names.index("Tỉnh uỷ Đắk Nông") + 1

    def test_the_central_committee_is_served_by_its_office_and_two_bodies_work_at_clerk_level(
        self, accounts: Accounts
    ) -> None:
        root = lookup.unit(lookup.unit(uid("A01")).parent)
        assert (root.title, root.office) == ("Ban Chấp hành Trung ương Đảng", uid("A01"))
        clerks = turn.rows(sa.select(units.c.title).where(units.c.clerk_level_only.is_(True)).order_by(units.c.title))
        assert [row.title for row in clerks] == ["Quân uỷ Trung ương", "Đảng uỷ Công an Trung ương"]

    @pytest.mark.parametrize("code", DEEP)
    def test_a_province_shown_in_full_has_boards_communes_rooms_and_people_in_every_function(
        self, accounts: Accounts, code: str
    ) -> None:
        below = turn.rows(sa.select(units).where(units.c.lineage.contains(f"/{uid(code)}/")))
        kinds = Counter(row.kind for row in below)
        assert kinds["board"] == 4
        assert kinds["room"] >= 3
        assert 6 <= kinds["commune"] <= 10
        held = {each.function for row in below for each in lookup.holders(row.uid)}
        assert held == set(FUNCTIONS)
        for row in below:
            if row.kind in ("board", "commune"):
                assert lookup.holders(row.uid, "clerk")
                assert lookup.symbol_on(row.uid, clock.today())

    def test_every_organ_shown_in_full_has_routes_that_lead_somewhere(self, accounts: Accounts) -> None:
        for row in turn.rows(sa.select(units)):
            full = row.uid == uid("A01") or any(f"/{uid(code)}/" in row.lineage for code in DEEP)
            if not full or row.kind == "room":
                continue
            for purpose in routes.PURPOSES:
                prepared = routes.of_unit(row.uid, purpose)
                assert prepared, f"{row.title}: {purpose}"
                for route in prepared:
                    assert not routes.dead_ends(row.uid, route)
                    assert not routes.skipped(row.uid, route)

    def test_every_organ_has_a_book_and_one_a_second_for_petitions(self, accounts: Accounts) -> None:
        for row in turn.rows(sa.select(units).where(units.c.uid == units.c.organ, units.c.parent != "")):
            books = [book.title for book in registers(row.uid, "incoming")]
            assert set(books) == ({ARRIVALS, PETITIONS} if row.uid == uid("A76") else {ARRIVALS})
            assert len(books) == len(set(books))

    def test_only_two_provinces_have_no_serving_clerk(self, accounts: Accounts) -> None:
        served = {row.unit for row in turn.rows(sa.select(posts.c.unit).where(posts.c.function == "clerk"))}
        missing = {code for code in codes_of_kind("provincial_committee") if uid(code) not in served}
        assert missing == set(WITHOUT_CLERK)
        assert all(lookup.serving_registry(uid(code)) for code in WITHOUT_CLERK)

    def test_the_term_and_the_days_off_are_known(self, accounts: Accounts) -> None:
        assert periods.term(uid("A03"), date(2026, 11, 2)) == "Đại hội XIV"
        assert periods.term(uid("A76.31"), date(2026, 11, 2)) == "Nhiệm kỳ 2025 - 2030"
        assert not periods.is_working(date(2026, 2, 17))
        assert not periods.is_working(date(2027, 9, 2))

    def test_names_and_logins_are_invented_once(self, accounts: Accounts) -> None:
        rows = turn.rows(sa.select(people))
        assert len({row.full_name for row in rows}) == len(rows) > 250

    def test_accounts_can_log_in_and_one_must_choose_a_password(self, accounts: Accounts) -> None:
        assert 10 <= len(accounts) <= 18
        users = getSite().acl_users.source_users
        for account in accounts:
            assert account["name"]
            assert account["role"]
            assert users.authenticateCredentials({"login": account["login"], "password": PASSWORD})
        must_change = turn.rows(sa.select(people.c.login).where(people.c.must_change_password.is_(True)))
        assert [row.login for row in must_change] == ["nguoimoi.thainguyen"]

    def test_the_site_manager_sets_up_the_organisation_and_reads_nothing(
        self, be: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        manager = getSite().acl_users.getUserById(lookup.person_by_login("quantri.hethong").id)
        assert "Site Administrator" in manager.getRoles()
        assert "Manager" not in manager.getRoles()
        with be("quantri.hethong"):
            assert not any(trays.counts().values())
            assert lists.incoming_register(uid("A76")).rows == []

    def test_the_clerk_finds_something_in_every_tray_that_a_clerk_has(
        self, be: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        with be("vanthu.thainguyen"):
            counts = trays.counts()
        # a clerk neither decides a level nor signs
        assert [name for name, count in counts.items() if not count] == ["to_decide_level", "to_sign"]

    @pytest.mark.parametrize(
        ("login", "names"),
        [
            ("chanhvp.thainguyen", {"to_receive", "to_register", "to_direct", "to_issue"}),
            ("lanhdao.thainguyen", {"to_direct", "to_sign", "overdue"}),
            ("truongphong.tonghop.thainguyen", {"to_do"}),
            ("chuyenvien2.tonghop.thainguyen", {"my_drafts"}),
            ("truongban.btc.thainguyen", {"overdue"}),
            ("chuyenvien.btc.thainguyen", {"to_do", "overdue"}),
            ("vanthu.tanlap", {"to_receive"}),
            ("vanthu.vptw", {"to_pass_on", "to_register", "withdrawn"}),
            ("vanthu.danang", {"to_receive", "to_pass_on", "to_register"}),
        ],
    )
    def test_others_have_work_too(
        self, be: Callable[[str], AbstractContextManager[None]], login: str, names: set[str]
    ) -> None:
        with be(login):
            counts = trays.counts()
        assert names <= {name for name, count in counts.items() if count}

    def test_arrival_numbers_follow_the_days(self, be: Callable[[str], AbstractContextManager[None]]) -> None:
        with be("vanthu.thainguyen"):
            rows = lists.incoming_register(uid("A76")).rows
        by_book: dict[str, list] = {}
        for row in rows:
            by_book.setdefault(row.register, []).append((row.arrival_number, row.arrival_date))
        for found in by_book.values():
            numbers = sorted(found)
            assert [number for number, _day in numbers] == list(range(1, len(numbers) + 1))
            assert [day for _number, day in numbers] == sorted(day for _number, day in numbers)

    def test_the_circular_stands_differently_with_its_receivers(self, accounts: Accounts) -> None:
        (circular,) = turn.rows(
            sa.select(outgoing.c.uid).where(outgoing.c.unit == uid("A01"), outgoing.c.recipients.contains("Các"))
        )
        states = Counter(
            row.state for row in turn.rows(sa.select(deliveries).where(deliveries.c.document == circular.uid))
        )
        assert states == {"accepted": 5, "refused": 1, "waiting": 57}

    def test_the_week_shows_every_state_an_office_meets(self, accounts: Accounts) -> None:
        states = {row.state for row in turn.rows(sa.select(items.c.state))}
        assert states >= {"received", "registered", "in_progress", "done", "filed"}
        assert states >= {"draft", "in_review", "approved", "signed", "issued", "recalled"}

    def test_nothing_happened_in_the_future_or_on_a_day_off(self, accounts: Accounts) -> None:
        for row in turn.rows(sa.select(events.c.at, events.c.operation)):
            assert row.at <= clock.now()
        days = {row.arrival_date for row in turn.rows(sa.select(incoming.c.arrival_date)) if row.arrival_date}
        assert all(day < clock.today() and periods.is_working(day) for day in days)

    def test_letters_are_pdfs_whose_text_reads_back_in_vietnamese(self, accounts: Accounts) -> None:
        rows = turn.rows(sa.select(items.c.uid))
        assert len(rows) > 40
        for row in rows:
            with actor.as_system():
                document = access.readable(row.uid)
            # a clean version stands beside the drafts before it
            file = document.files()[-1]
            with access.bytes_of(file) as stream:
                pdf = pypdfium2.PdfDocument(stream)
                pages = [page.get_textpage().get_text_bounded() for page in pdf]
                pdf.close()
            text = "\n".join(pages)
            assert document.pages in (len(pages), None)
            assert unicodedata.is_normalized("NFC", text)
            words = " ".join(text.split())
            assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words
            assert document.title.removeprefix("V/v ")[1:] in words

    def test_building_again_changes_nothing(self, accounts: Accounts, portal_class: Any) -> None:
        before = turn.scalar(sa.select(sa.func.count()).select_from(events))
        assert demo.build(portal_class, PASSWORD) == accounts
        assert turn.scalar(sa.select(sa.func.count()).select_from(events)) == before

    def test_a_password_that_no_account_may_have_is_refused_before_anything_is_made(
        self, accounts: Accounts, portal_class: Any
    ) -> None:
        with pytest.raises(Invalid):
            demo.build(portal_class, "ngắn")


def test_a_long_letter_has_page_numbers_and_its_signature_on_the_page_of_its_end() -> None:
    letter = letters.Letter(
        type_name="Kế hoạch",
        subject="kiểm tra việc thực hiện quy chế làm việc",
        number_symbol="-KH/TU",
        issuer="Tỉnh uỷ Lâm Sơn",
        place="Lâm Sơn",
        day=date(2026, 2, 5),
        paragraphs=("Các cơ quan, đơn vị tự kiểm tra và báo cáo kết quả đúng thời hạn đã nêu. " * 4,) * 14,
        copies=("Như trên", "Lưu Văn phòng Tỉnh uỷ"),
        authority="T/M Ban Thường vụ",
        position="Phó Bí thư",
        signer="Quách Đình Bảo",
        urgency="Khẩn",
        draft="Dự thảo lần 3",
    )
    pdf = pypdfium2.PdfDocument(letters.render(letter))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(pages) > 1
    assert "ngày 05 tháng 02 năm 2026" in " ".join(pages[0].split())
    assert "KẾ HOẠCH" in pages[0]
    assert "Dự thảo lần 3" in pages[0]
    assert pages[1].startswith("2")
    assert "Quách Đình Bảo" in pages[-1]
    assert "Nơi nhận:" in pages[-1]
