"""Accounts to try (tài khoản dùng thử): one for each way of working, told to whoever starts the demonstration."""

from typing import Any

from zope.component.hooks import getSite
from zope.i18n import translate

from party.operations.confidentiality import clearances
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.demo import trust
from party.operations.demo.organization import Demonstration
from party.operations.organization import lookup
from party.operations.organization import operations


#: sets up the organisation and sees no document
SITE_MANAGER = "quantri.hethong"
#: must choose a password at the first login
NEWCOMER = "nguoimoi.thainguyen"

#: login, what the account is for; those who are trusted with secrets are there only where there are keys
_TO_TRY = (
    ("vanthu.thainguyen", "Văn thư Tỉnh uỷ"),
    ("chanhvp.thainguyen", "Chánh Văn phòng Tỉnh uỷ"),
    ("lanhdao.thainguyen", "Phó Bí thư Thường trực"),
    ("truongphong.tonghop.thainguyen", "Trưởng phòng"),
    ("chuyenvien.tonghop.thainguyen", "Chuyên viên"),
    ("chuyenvien2.tonghop.thainguyen", "Chuyên viên cùng phòng"),
    ("truongban.btc.thainguyen", "Trưởng ban"),
    ("chuyenvien.btc.thainguyen", "Chuyên viên của ban"),
    ("vanthu.tanlap", "Văn thư Đảng uỷ xã"),
    ("bithu.tanlap", "Bí thư Đảng uỷ xã"),
    ("vanthu.vptw", "Văn thư Trung ương"),
    ("vanthu.danang", "Văn thư Thành uỷ"),
    ("quantri.thainguyen", "Quản trị đơn vị"),
    (NEWCOMER, "Chuyên viên mới, phải đổi mật khẩu"),
    (SITE_MANAGER, "Quản trị hệ thống, không đọc văn bản"),
    (trust.OFFICERS[0][0], "Cơ yếu: đề nghị, thu hồi quyền tiếp cận"),
    (trust.OFFICERS[1][0], "Cơ yếu thứ hai: duyệt đề nghị"),
    (trust.AUDITOR[0], "Kiểm toán: xem nhật ký kiểm soát"),
)


def make_site_manager(demo: Demonstration) -> None:
    """The account of the site's administrator: a role of the site and no post, so no document is seen."""
    person = operations.create_person(
        demo.units["root"], SITE_MANAGER, "Quản trị hệ thống", demo.password, first_login=False
    )
    getSite().acl_users.portal_role_manager.assignRoleToPrincipal("Site Administrator", person)


def listed() -> list[dict[str, str]]:
    """``login name role unit`` of each account to try, for the terminal."""
    people = ((lookup.person_by_login(login), role) for login, role in _TO_TRY)
    return [_account(person, role) for person, role in people if person is not None]


def _account(person: Any, role: str) -> dict[str, str]:
    level = clearances.level_of(person.id) if keys.available() else levels.NORMAL
    if level != levels.NORMAL:
        role = f"{role} (tiếp cận {translate(levels.LEVELS[level], target_language='vi')})"
    posts = lookup.posts_of(person.id)
    unit = lookup.unit(posts[0].unit) if posts else None
    title = unit.title if unit is not None else ""
    if unit is not None and unit.kind == "room":
        title = f"{title}, {lookup.unit(unit.parent).title}"
    return {"login": person.login, "name": person.full_name, "role": role, "unit": title}
