"""The tree of units and the page of a unit, over HTTP with cookie logins as a browser has them."""

from datetime import date
from typing import Any

import pytest
import requests
import transaction

from party.operations.ledger import engine
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.views import tree
from tests.office import Office
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


HOSTILE = '<script>alert(1)</script> & "Ban" <b>Tổ chức</b>'


def named(page: Page) -> list[str]:
    """The units of a tree in the order of the page."""
    return [each.text_content() for each in page.tree.xpath("//ul[@class='party-tree']//span[@class='unit']/a")]


def toggle(page: Page, name: str) -> str:
    """Where the sign before a unit leads."""
    (found,) = page.tree.xpath(f"//ul[@class='party-tree']/li[.//a[text()='{name}']]/a[@class='twist']/@href")
    return found


def test_the_tree_opens_at_ones_own_unit_in_the_recorded_order(browse: Browse) -> None:
    assert named(browse("vanthu").open("@@organization")) == [
        "Ban Chấp hành Trung ương Đảng",
        "Văn phòng Trung ương Đảng",
        "Tỉnh uỷ Lâm Sơn",
        "Ban Tổ chức Tỉnh uỷ",
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "Phòng Tổng hợp",
        "Đảng uỷ xã Hoà Bình",
        "Đảng uỷ xã Kỳ Sơn",
        "Quân uỷ Trung ương",
    ]


def test_only_the_way_to_one_unit_is_open(browse: Browse) -> None:
    browser = browse("vanthu")
    closed = browser.open("@@organization?at=")
    assert named(closed) == ["Ban Chấp hành Trung ương Đảng"]
    opened = browser.open(toggle(closed, "Ban Chấp hành Trung ương Đảng"))
    assert named(opened)[1:] == ["Văn phòng Trung ương Đảng", "Tỉnh uỷ Lâm Sơn", "Quân uỷ Trung ương"]
    assert named(browser.open(toggle(opened, "Ban Chấp hành Trung ương Đảng"))) == named(closed)


def test_a_long_level_is_shown_page_by_page(
    browse: Browse, committing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "PER_PAGE", 2)
    browser, units = browse("vanthu"), committing_office.units
    page = browser.open(f"@@organization?at={units['tinh']}")
    assert "Ban Tổ chức Tỉnh uỷ" in named(page)
    assert "Phòng Tổng hợp" not in named(page)
    assert "Quân uỷ Trung ương" not in named(page), "a long level on the way shows the way alone"
    (following,) = page.tree.xpath("//li[@class='more']/a[contains(@href, 'after=')]/@href")
    assert named(browser.open(following))[-2:] == ["Phòng Tổng hợp", "Đảng uỷ xã Hoà Bình"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("to chuc", ["Ban Tổ chức Tỉnh uỷ"]),
        ("hoà bình", ["Đảng uỷ xã Hoà Bình"]),
        ("a40.31", ["Đảng uỷ xã Kỳ Sơn"]),
        ("không có đơn vị này", []),
        ("%", []),
    ],
)
def test_a_unit_is_found_by_part_of_its_name_or_by_its_code(typed: str, expected: list[str], browse: Browse) -> None:
    page = Page(browse("vanthu"), browse("vanthu").get(browse("vanthu").site + "/@@organization", params={"q": typed}))
    assert named(page) == expected


def test_a_closed_unit_stays_and_names_its_successor(browse: Browse, committing_office: Office) -> None:
    units = committing_office.units
    operations.close_unit(units["xa2"], date(2026, 11, 1), units["xa"], basis="Nghị quyết 1-NQ/TU")
    transaction.commit()
    browser = browse("lanhdao")
    (entry,) = browser.open("@@organization").tree.xpath(f"//li[@id='u-{units['xa2']}']")
    assert entry.get("class") == "closed"
    assert entry.xpath(".//small//a/text()") == ["Đảng uỷ xã Hoà Bình"]
    page = browser.open(f"u/{units['xa2']}")
    assert page.links("Đảng uỷ xã Hoà Bình") == [f"{browser.site}/u/{units['xa']}"]
    assert "Nghị quyết 1-NQ/TU" in page.text
    assert page.links("Đảng uỷ xã Kỳ Sơn") == []
    assert browser.open(f"u/{units['xa']}").links("Đảng uỷ xã Kỳ Sơn") == [f"{browser.site}/u/{units['xa2']}"]


def test_the_page_of_a_unit_tells_who_serves_and_how_it_works(browse: Browse, functional_office: Office) -> None:
    page = browse("chuyenvien").open(f"u/{functional_office.units['tinh']}")
    for expected in (
        "Lê Minh Đức",
        "Phó Bí thư Thường trực",
        "0200 000 000",
        "A40",
        "TU",
        "Sổ văn bản đến",
        "Văn thư – Chánh Văn phòng – Lãnh đạo",
        said("${term}, recorded for a superior unit.", term="Khoá XIV"),
        said("Administered by ${people} (${unit}).", people="Cao Thị Yến", unit="Tỉnh uỷ Lâm Sơn"),
    ):
        assert expected in page.text


def test_who_does_not_administer_a_unit_sees_the_reason_and_no_login(browse: Browse, functional_office: Office) -> None:
    page = browse("vanthu").open(f"u/{functional_office.units['tinh']}")
    assert said("Only the administrator of this unit, or of a unit above it, may do this.") in page.text
    assert "@@" not in "".join(page.tree.xpath("//main//a/@href[contains(., '/u/')]"))
    assert "chanhvp" not in page.text


def test_a_unit_without_an_administrator_of_its_own_is_kept_from_above(
    browse: Browse, functional_office: Office
) -> None:
    units, browser = functional_office.units, browse("quantri")
    assert "Cao Thị Yến" in browser.open(f"u/{units['tonghop']}").text
    assert browser.open(f"u/{units['tonghop']}").links(said("Create an account"))
    assert (
        said("This unit has no administrator yet: those who set up the organisation keep it.")
        in browser.open(f"u/{units['tw']}").text
    )


def test_names_are_written_and_never_run(browse: Browse, committing_office: Office) -> None:
    units = committing_office.units
    operations.change_unit(units["tochuc"], title=HOSTILE, short_name=HOSTILE[:100], place=HOSTILE[:100])
    operations.change_person(committing_office.people["chuyenvien.tc"], full_name=HOSTILE, phone="<i>0</i>")
    operations.close_unit(units["xa2"], date(2026, 11, 1), units["tochuc"], basis=HOSTILE)
    operations.set_routes(
        units["tochuc"],
        [{"name": HOSTILE, "purpose": "review", "steps": [{"function": "officer"}, {"function": "leader"}]}],
    )
    transaction.commit()
    browser = browse("quantri")
    for path in (
        "@@organization",
        "@@organization?q=%3Cscript%3E",
        "@@organization?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        f"u/{units['tochuc']}",
        f"u/{units['xa2']}",
        *(f"u/{units['tochuc']}/@@{each}" for each in ("change-unit", "set-routes", "end-code?code=%3Cscript%3E")),
        f"u/{units['tochuc']}/@@reset-password?person={committing_office.people['chuyenvien.tc']}",
    ):
        answer = browser.get(f"{browser.site}/{path}")
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
        assert "<b>Tổ chức" not in answer.text, path
        assert "<i>0" not in answer.text, path


@pytest.mark.parametrize("path", ["u", "u/0123456789abcdef0123456789abcdef", "u/%00"])
def test_an_address_of_no_unit_leads_nowhere(path: str, browse: Browse) -> None:
    browser = browse("vanthu")
    assert browser.get(f"{browser.site}/{path}").status_code in (400, 404)


def test_who_is_not_logged_in_sees_no_unit(site: str, functional_office: Office) -> None:
    for path in ("@@organization", f"u/{functional_office.units['tinh']}", "@@holidays", "@@find-people?q=a", "@@jobs"):
        answer = requests.get(f"{site}/{path}", timeout=60)
        assert "Tỉnh uỷ Lâm Sơn" not in answer.text
        assert "__ac_name" in answer.text, path


def test_looking_writes_nothing(browse: Browse, functional_office: Office, functional_portal: Any) -> None:
    units, people = functional_office.units, functional_office.people
    forms = (
        "change-unit",
        "create-unit",
        "move-unit",
        "close-unit",
        "add-code",
        "add-symbol",
        "set-term",
        "set-routes",
    )
    accounts = ("change-person", "reset-password", "deactivate-person")
    paths = [
        "@@organization",
        "@@organization?q=ban",
        "@@holidays",
        "@@import-organization",
        "@@organization-template?kind=people",
        "@@jobs",
        "@@password",
        "@@find-units?q=ban",
        "@@find-people?q=an",
        f"u/{units['tinh']}",
        *(f"u/{units['tinh']}/@@{each}" for each in (*forms, "create-person", "appoint", "create-register")),
        *(f"u/{units['tinh']}/@@{each}?person={people['vanthu']}" for each in accounts),
        f"u/{units['tinh']}/@@end-post?post={lookup.posts_of(people['vanthu'])[0].id}",
        f"u/{units['tinh']}/@@end-code?code=A40",
        f"u/{units['tinh']}/@@change-register?register={functional_office.registers['tinh']}",
    ]
    browser = browse("quantri")
    before = _state(functional_portal)
    for path in paths:
        assert browser.get(f"{browser.site}/{path}").status_code in (200, 403), path
        assert _state(functional_portal) == before, path


def _state(portal: Any) -> tuple[Any, ...]:
    """What would change if anything were written."""
    with engine.database().reader.connect() as connection:
        (version,) = connection.exec_driver_sql("PRAGMA data_version").one()
        (events,) = connection.exec_driver_sql("SELECT count(*) FROM events").one()
        return portal._p_jar.db().lastTransaction(), version, events
