"""An office after a busy day, its export, and a second empty site with an empty ledger."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import transaction
from plone.app.testing import applyProfile
from Products.CMFPlone.factory import addPloneSite
from Products.CMFPlone.Portal import PloneSite
from zope.component.hooks import setSite

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.documents import files
from party.operations.documents import operations as documents
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.organization import operations as organization
from tests.clearances import BASIS
from tests.clearances import clear
from tests.office import Office
from tests.postgres import postgresql


__all__ = ["postgresql"]


Be = Callable[[str], AbstractContextManager[None]]

#: abstract of a secret of the busy day
SECRET = "V/v zqxbiểuđồ bố trí lực lượng"


@pytest.fixture
def busy_day(
    committing_office: Office, functional_portal: PloneSite, pdf: Callable[..., files.Upload], time: clock.Frozen
) -> dict[str, str]:
    """Names of documents → uids, after a day on which everything happened; the worker has done what it could."""
    day = _Day(committing_office, pdf)
    done = day.pass_by(time)
    transaction.commit()
    worker.work(functional_portal)
    return done


@pytest.fixture
def second_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty ledger, in SQLite unless a test asks for PostgreSQL."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("postgresql")
    return f"sqlite:///{tmp_path / 'second.sqlite'}"


@pytest.fixture
def second_site(functional_app: Any, second_ledger: str) -> Iterator[Callable[[], PloneSite]]:
    """Makes another, empty site with a ledger of its own, and makes both the present ones."""
    before = str(engine.database().writer.url)

    def make() -> PloneSite:
        site = addPloneSite(functional_app, "second", title="Thứ hai", setup_content=False, default_language="vi")
        setSite(site)
        engine.configure(second_ledger)
        for profile in ("plone.app.layout:default", "plonetheme.barceloneta:default", "party.operations:default"):
            applyProfile(site, profile)
        transaction.commit()
        return site

    yield make
    transaction.abort()
    engine.configure(before)


class _Day:
    def __init__(self, office: Office, pdf: Callable[..., files.Upload]) -> None:
        self.office, self.units, self.people, self.pdf = office, office.units, office.people, pdf
        self.registers = office.registers

    def pass_by(self, time: clock.Frozen) -> dict[str, str]:
        done = self._a_letter_is_answered(time)
        done |= self._letters_that_go_another_way()
        done |= self._a_document_is_replaced(time)
        done |= self._a_secret_is_sent()
        self._the_organisation_changes()
        return done

    def be(self, login: str) -> AbstractContextManager[None]:
        return actor.acting_as(self.people[login])

    def to(self, login: str, capacity: str = "lead") -> Addressee:
        return Addressee(person=self.people[login], capacity=capacity)

    def register(self, title: str, symbol: str, **fields: Any) -> str:
        with self.be("vanthu"):
            made = documents.register_incoming(
                self.units["tinh"],
                [self.pdf(f"{title}.pdf"), files_text(f"{title}.txt")],
                title=title,
                type="party.cong-van",
                issuer="Văn phòng Trung ương Đảng",
                number_symbol=symbol,
                document_date=date(2026, 11, 20),
                **fields,
            )
        return made.UID()

    def issue(self, title: str, recipients: list[dict[str, Any]], **fields: Any) -> str:
        with self.be("chuyenvien.tc"):
            draft = documents.create_draft(
                self.units["tochuc"],
                [self.pdf(f"{title} 1.pdf")],
                title=title,
                type="party.cong-van",
                recipients=recipients,
                **fields,
            ).UID()
            documents.add_version(draft, [self.pdf(f"{title} 2.pdf")], "Đã sửa")
            documents.submit_for_review(draft, [self.to("lanhdao.tc")])
        with self.be("lanhdao.tc"):
            documents.comment(draft, "Rõ hơn ở mục 2.")
            documents.approve(draft, "Đồng ý")
            documents.sign(draft, self.people["lanhdao.tc"], title="Trưởng ban")
        with self.be("vanthu.tc"):
            documents.issue(draft)
        return draft

    def waiting(self, login: str) -> list[Any]:
        with self.be(login):
            return trays.tray("to_receive").rows

    def _a_letter_is_answered(self, time: clock.Frozen) -> dict[str, str]:
        letter = self.register("V/v thực hiện nhiệm vụ", "15671-CV/VPTW", note="Gấp\nBản giấy gửi sau", pages=3)
        with self.be("vanthu"):
            documents.transfer(letter, [self.to("lanhdao")])
        time.advance(minutes=7)
        with self.be("lanhdao"):
            documents.mark_read([each.id for each in trays.tray("to_direct").rows])
            documents.transfer(
                letter,
                [Addressee(unit=self.units["tochuc"]), Addressee(unit=self.units["tuyengiao"], capacity="support")],
                directive="Ban Tổ chức chủ trì.",
                deadline=date(2026, 12, 1),
            )
        with self.be("lanhdao.tg"):
            (slip,) = trays.tray("to_direct").rows
            documents.return_slip(slip.id, "Không thuộc lĩnh vực")
        with self.be("lanhdao.tc"):
            documents.transfer(letter, [self.to("chuyenvien.tc")])
        to = [{"unit": self.units["vptw"]}, {"unit": self.units["xa"]}, {"name": "Báo Nhân Dân"}]
        answer = self.issue("V/v trả lời Công văn 15671", to, replies_to=letter)
        with self.be("vanthu.xa"):
            (delivery,) = trays.tray("to_receive").rows
            received = documents.accept_delivery(delivery.id).UID()
            documents.transfer(received, [self.to("lanhdao.xa")])
        with self.be("vanthu.tw"):
            (delivery,) = trays.tray("to_receive").rows
            documents.refuse_delivery(delivery.id, "Gửi nhầm nơi nhận")
        return {"letter": letter, "answer": answer, "received": received}

    def _letters_that_go_another_way(self) -> dict[str, str]:
        returned = self.register("V/v trả lại", "8-CV/VPTW")
        filed = self.register("V/v để biết", "9-CV/VPTW", number=12)
        with self.be("vanthu"):
            documents.return_incoming(returned, "Không đúng thẩm quyền")
            documents.transfer(filed, [self.to("chuyenvien", "informed")])
            (slip,) = documents.transfer(filed, [self.to("chanhvp", "support")])
            documents.recall_slip(slip, "Chuyển nhầm")
            documents.change_incoming(filed, title="V/v để biết (đã sửa)", copies=2)
            received = documents.receive_incoming(
                self.units["tinh"], [], title="V/v chờ", type="party.cong-van", issuer="Cơ quan khác"
            ).UID()
            documents.refuse_incoming(received, "Thiếu trang")
        with turn.turn():
            series.void(documents_series(self), 2, "Đăng ký nhầm sổ")
        return {"returned": returned, "filed": filed, "refused": received}

    def _a_document_is_replaced(self, time: clock.Frozen) -> dict[str, str]:
        time.advance(days=1)
        first = self.issue("Thông báo lịch họp", [{"group": "commune", "within": self.units["tinh"]}])
        with self.be("vanthu.xa"):
            received = documents.accept_delivery(self.waiting("vanthu.xa")[0].id).UID()
        second = self.issue("Thông báo lịch họp (thay thế)", [], replaces=first)
        third = self.issue("Thông báo nhầm", [{"unit": self.units["xa"]}])
        with self.be("lanhdao.tc"):
            documents.recall_document(third, "Ban hành nhầm")
        with self.be("chuyenvien.tc"):
            draft = documents.create_draft(self.units["tochuc"], [], title="Bỏ", type="party.bao-cao").UID()
            documents.cancel_draft(draft, "Không cần nữa")
        return {"first": first, "accepted": received, "second": second, "third": third, "cancelled": draft}

    def _a_secret_is_sent(self) -> dict[str, str]:
        for login in ("chuyenvien.tc", "lanhdao.tc", "vanthu.tc", "vanthu.xa"):
            clear(self.office, login, "secret")
        with self.be("chuyenvien.tc"):
            secret = documents.create_draft(
                self.units["tochuc"],
                [self.pdf(f"{SECRET}.pdf")],
                level="secret",
                basis=BASIS,
                title=SECRET,
                type="party.cong-van",
                recipients=[{"unit": self.units["xa"]}],
            ).UID()
            documents.submit_for_review(secret, [self.to("lanhdao.tc")])
        with self.be("lanhdao.tc"):
            documents.decide_level(secret, "secret", basis=BASIS)
            documents.approve(secret, f"Đồng ý: {SECRET}")
            documents.sign(secret, self.people["lanhdao.tc"])
        with self.be("vanthu.tc"):
            documents.issue(secret)
        with self.be("vanthu.xa"):
            (waiting,) = [each for each in trays.tray("to_receive").rows if each.document == secret]
            received = documents.accept_delivery(waiting.id, pages_seen=1).UID()
        return {"secret": secret, "secret received": received}

    def _the_organisation_changes(self) -> None:
        with self.be("lanhdao"):
            organization.delegate(
                self.people["chanhvp"],
                self.units["tinh"],
                "leader",
                date(2026, 11, 25),
                date(2026, 12, 1),
                "Đi công tác",
            )
        with self.be("quantri"):
            organization.deactivate_person(self.people["vanthu.tg"], "Nghỉ hưu")
            organization.reset_password(self.people["chuyenvien"])
        organization.move_unit(self.units["tonghop"], self.units["tochuc"])
        organization.close_unit(self.units["xa2"], date(2026, 11, 26), self.units["xa"], "Quyết định 1")
        organization.set_holiday(date(2027, 1, 1), "Tết Dương lịch")


def files_text(name: str) -> files.Upload:
    """Stages a file that is no PDF."""
    return files.stage(BytesIO("Nội dung\n".encode()), name)


def documents_series(day: _Day) -> series.Series:
    """The arrival series of the province's register."""
    return series.Series(day.units["tinh"], f"arrival:{day.registers['tinh']}", "2026")
