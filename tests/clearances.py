"""People of trust in the test office (cơ yếu, kiểm toán): made and cleared as it is done in service, by two officers."""

from datetime import date
from datetime import timedelta

from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.security import operations
from tests.office import Office
from tests.office import PASSWORD


#: login and name of the officers, who serve in no unit and read no document
OFFICERS = (("coyeu", "Mai Văn Thành"), ("coyeu2", "Đoàn Thị Nga"))
AUDITOR = ("kiemtoan", "Hà Quang Minh")

BASIS = "QĐ 12-QĐ/TU ngày 05/01/2026"


def appoint(office: Office) -> None:
    """Two security officers and an auditor; called as the system where there are keys. Does nothing the second time."""
    if lookup.person_by_login(OFFICERS[0][0]) is not None:
        return
    for login, name in (*OFFICERS, AUDITOR):
        office.people[login] = organization.create_person(
            office.units["vptw"], login, name, PASSWORD, first_login=False
        )
    operations.appoint_first_officers(
        [office.people[login] for login, _name in OFFICERS], auditor=office.people[AUDITOR[0]], basis=BASIS
    )


def propose(office: Office, login: str, kind: str, *, until: date | None = None) -> str:
    """The first officer proposes something for the next year; returns its id."""
    with actor.acting_as(office.people["coyeu"]):
        return operations.propose_clearance(
            office.people[login], kind, until=until or clock.today() + timedelta(days=365), basis=BASIS
        )


def clear(office: Office, login: str, kind: str, *, until: date | None = None) -> str:
    """``login`` is trusted with a level or an office for a year; returns the id of the row."""
    clearance = propose(office, login, kind, until=until)
    with actor.acting_as(office.people["coyeu2"]):
        operations.confirm_clearance(clearance)
    return clearance


def revoke(office: Office, clearance: str) -> None:
    """The second officer takes it away."""
    with actor.acting_as(office.people["coyeu2"]):
        operations.revoke_clearance(clearance, "Thôi nhiệm vụ")
