"""Who is trusted with secrets in the demonstration (cơ yếu, kiểm toán, người được tiếp cận); only where there are keys."""

from datetime import date
from datetime import timedelta

from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.demo.organization import Demonstration
from party.operations.ledger import clock
from party.operations.organization import operations as organization
from party.operations.security import operations


#: login, name: they serve in no unit of the demonstration and read no document
OFFICERS = (("coyeu1.tw", "Mai Văn Thành"), ("coyeu2.tw", "Đoàn Thị Nga"))
AUDITOR = ("kiemtoan.tw", "Hà Quang Minh")
#: login, level, decision
_CLEARED = (
    ("bithu.thainguyen", levels.TOP_SECRET, "QĐ 101-QĐ/TU"),
    ("lanhdao.thainguyen", levels.TOP_SECRET, "QĐ 101-QĐ/TU"),
    ("chanhvp.thainguyen", levels.TOP_SECRET, "QĐ 102-QĐ/TU"),
    ("vanthu.thainguyen", levels.TOP_SECRET, "QĐ 102-QĐ/TU"),
    ("truongphong.tonghop.thainguyen", levels.TOP_SECRET, "QĐ 103-QĐ/TU"),
    ("chuyenvien.tonghop.thainguyen", levels.SECRET, "QĐ 103-QĐ/TU"),
    ("truongban.btc.thainguyen", levels.SECRET, "QĐ 104-QĐ/TU"),
    ("chuyenvien.btc.thainguyen", levels.SECRET, "QĐ 104-QĐ/TU"),
    ("vanthu.btc.thainguyen", levels.SECRET, "QĐ 104-QĐ/TU"),
    ("bithu.tanlap", levels.SECRET, "QĐ 105-QĐ/TU"),
    ("vanthu.tanlap", levels.SECRET, "QĐ 105-QĐ/TU"),
    ("lanhdao.vptw", levels.TOP_SECRET, "QĐ 21-QĐ/VPTW"),
    ("vanthu.vptw", levels.TOP_SECRET, "QĐ 21-QĐ/VPTW"),
)
#: ends soon and has to be given anew
_ENDING = "vanthu.tanlap"
_ENDS_IN = timedelta(days=40)
#: what waits for a second officer
_PROPOSED = ("vanthu.danang", levels.SECRET, "QĐ 12-QĐ/TU")
_GIVEN_FOR = timedelta(days=4 * 365)


def build(demo: Demonstration, today: date) -> None:
    """Appoint the officers and the auditor on the present day of the clock, and clear some people.

    ``today`` is the day on which the demonstration is looked at: one clearance ends soon after it.
    """
    for login, name in (*OFFICERS, AUDITOR):
        demo.people[login] = organization.create_person(
            demo.units["root"], login, name, demo.password, first_login=False
        )
        demo.names[login] = name
    operations.appoint_first_officers(
        [demo.people[login] for login, _name in OFFICERS],
        auditor=demo.people[AUDITOR[0]],
        basis="QĐ 01-QĐ/VPTW",
    )
    first, second = (demo.people[login] for login, _name in OFFICERS)
    for login, level, basis in _CLEARED:
        until = today + _ENDS_IN if login == _ENDING else clock.today() + _GIVEN_FOR
        with actor.acting_as(first):
            clearance = operations.propose_clearance(demo.people[login], level, until=until, basis=basis)
        with actor.acting_as(second):
            operations.confirm_clearance(clearance)


def propose_one(demo: Demonstration) -> None:
    """Who acts, an officer, proposes what waits for the other one."""
    login, level, basis = _PROPOSED
    operations.propose_clearance(demo.people[login], level, until=clock.today() + _GIVEN_FOR, basis=basis)
